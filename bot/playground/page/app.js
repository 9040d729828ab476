// Starts the page, keeps what it shows in step with the server, and moves between conversations.
import { make, one, all, picture, fill, notice } from "./dom.js";
import { read, tell, listen, speakAs } from "./server.js";
import { MessageList } from "./messages.js";
import { Composer } from "./composer.js";
import { Modal } from "./modal.js";
import { watch } from "./controls.js";

const state = {};
const here = { channel: "", thread: "", tab: "messages" };
const unread = new Set();
const asked = new Set(); // my own messages: their thread opens when the bot replies
const list = new MessageList(one("#messages"), { state, openThread, shortcut });
const thread = new MessageList(one("#replies"), { state, shortcut });
const modal = new Modal(() => state);
let composer, replier, lost = false, stopListening = () => {};

async function start(person = "") {
  stopListening();
  delete document.documentElement.dataset.speaker;
  speakAs(person);
  Object.assign(state, await read("state"));
  speakAs(state.me.id);
  document.documentElement.lang = state.me.lang;
  document.title = state.texts.page_title;
  for (const node of all("[data-text]")) node.textContent = state.texts[node.dataset.text];
  for (const node of all("[data-label]")) node.setAttribute("aria-label", state.texts[node.dataset.label]);
  one("#help").href = `/help/${state.me.lang}`;
  composer = new Composer(one("#write"), { state, commands: true, send: (text) => say(text), attach: share });
  replier = new Composer(one("#reply"), { state, commands: false, send: (text) => say(text, here.thread) });
  presence(state.connected);
  people();
  unread.clear();
  lost = false;
  stopListening = listen(hear, () => {
    lost = true; // what happens meanwhile is not heard: everything is read again once the server is back
    presence(false, state.texts.lost);
  });
  const known = state.channels.some((place) => place.id === here.channel);
  await go(known ? here.channel : here.channel.startsWith("D") ? state.dm : state.channels[0].id);
  modal.show(state.view);
  document.documentElement.dataset.speaker = state.me.name; // all is drawn for them
}

async function go(channel, tab = "messages") {
  Object.assign(here, { channel, tab });
  closeThread();
  const place = state.channels.find((one) => one.id === channel);
  unread.delete(channel);
  sidebar();
  remember();
  one("#name").textContent = place.is_im ? place.name : `# ${place.name}`;
  one("#topic").textContent = place.topic;
  one("#tabs").hidden = !place.is_im || !state.home_tab;
  for (const node of all("#tabs [role=tab]")) node.setAttribute("aria-selected", String(node.dataset.tab === tab));
  const texts = state.texts;
  composer.aim(fill(place.is_im ? texts.write_in_dm : texts.write_in_channel, place), place.is_im ? "" : texts.mention_hint);
  for (const part of ["messages", "write"]) one(`#${part}`).hidden = tab === "home";
  one("#home").hidden = tab !== "home";
  if (place.is_im) tell("open", { tab });
  if (tab === "home") {
    prompts({ prompts: [] });
    return showHome(await read("home"));
  }
  await whileHolding(async () => {
    const { posts, suggested } = await read("history", { channel });
    if (here.channel !== channel) return;
    list.show(posts, beginning(place));
    prompts(suggested);
  });
  composer.box.focus({ preventScroll: true });
}

function beginning(place) {
  const { texts, bot } = state;
  const [title, words] = place.is_im ? [texts.begin_dm, texts.begin_dm_try] : [fill(texts.begin_channel, place), texts.begin_channel_try];
  const mark = place.is_im ? picture(bot, "big") : make("span", { class: "hash", "aria-hidden": "true" }, "#");
  return { key: `beginning ${place.id} ${state.me.lang}`, build: () => make("div", { class: "beginning" }, mark, make("h2", {}, title), make("p", {}, words), place.is_im ? null : tries()) };
}

function tries() {
  const { bot, commands } = state;
  const start = (label, text) => make("button", { type: "button", class: "prompt", on: { click: () => composer.insert(text) } }, label);
  return make("div", { class: "tries" }, start(`@${bot.name} …`, `@${bot.name} `), start(`${commands[0]} …`, `${commands[0]} `));
}

async function openThread(ts) {
  here.thread = ts;
  const place = state.channels.find((one) => one.id === here.channel);
  one("#thread").hidden = false;
  one("#thread-place").textContent = place.is_im ? place.name : `# ${place.name}`;
  replier.aim(state.texts.write_reply, place.is_im ? "" : state.texts.mention_hint);
  await whileHolding(async () => {
    const { posts } = await read("history", { channel: here.channel, thread: ts });
    if (here.thread === ts) thread.show(posts);
  });
}

function closeThread() {
  here.thread = "";
  one("#thread").hidden = true;
}

async function say(text, thread_ts = "") {
  try {
    await tell("say", { channel: here.channel, text, thread_ts });
  } catch {
    notice(state.texts.lost);
  }
}

async function share(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let data = "";
  for (let at = 0; at < bytes.length; at += 0x8000) data += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  try {
    await tell("share", { channel: here.channel, name: file.name, data: btoa(data) });
  } catch {
    notice(state.texts.not_shared);
  }
}

async function shortcut(post, name) {
  try {
    await tell("shortcut", { channel: post.channel, ts: post.ts, callback_id: name });
  } catch {
    notice(state.texts.lost);
  }
}

const hearing = {
  hello: (told) => { if (lost) start(state.me.id); else presence(told.connected); },
  link: (told) => presence(told.connected),
  notice: (told) => notice(told.notice),
  view: (told) => modal.show(told.view),
  home: (told) => { if (here.tab === "home") showHome(told.home); },
  prompts: (told) => { if (told.channel === here.channel) prompts(told.suggested); },
  status: (told) => {
    if (told.channel !== here.channel) return;
    if (!told.thread_ts || told.thread_ts !== here.thread) list.status(state.bot, told.status);
    if (told.thread_ts === here.thread) thread.status(state.bot, told.status);
  },
  post: hearPost,
  edit: hearPost,
  remove: hearPost,
};

// What is heard while a conversation is being read may be newer than what was read: it is kept and told afterwards.
const held = [];
let holding = 0;

async function whileHolding(work) {
  holding += 1;
  try {
    await work();
  } finally {
    holding -= 1;
    if (!holding) held.splice(0).forEach(hear);
  }
}

function hear(told) {
  if (holding) held.push(told);
  else hearing[told.kind]?.(told);
}

function hearPost(told) {
  const { post, parent } = told;
  if (told.channel !== here.channel) {
    if (post && post.author.id !== state.me.id) { unread.add(told.channel); sidebar(); }
    return;
  }
  const reply = told.thread_ts && told.thread_ts !== told.ts;
  if (parent && list.posts.has(parent.ts)) list.put(parent);
  if (!post) { list.drop(told.ts); thread.drop(told.ts); return; }
  if (!reply) list.put(post);
  if (here.thread && (reply ? told.thread_ts : told.ts) === here.thread) thread.put(post);
  if (!reply && post.author.id === state.me.id) asked.add(post.ts);
  if (!reply) prompts({ prompts: [] }, true);
  else if (told.kind === "post" && post.author.is_bot && asked.has(told.thread_ts) && isFree(told.thread_ts)) openThread(told.thread_ts);
}

// Whether the thread's place may be taken: by a later question of mine, unless I am writing a reply.
function isFree(ts) {
  return !here.thread || (here.thread < ts && !replier.box.value);
}

function showHome(home) {
  const node = one("#home");
  node.dataset.view = home.id;
  node.innerHTML = home.html;
}

function prompts(suggested, onlyHide = false) {
  const node = one("#prompts");
  node.hidden = !suggested.prompts.length;
  if (onlyHide) return;
  node.replaceChildren(make("h2", {}, suggested.title || state.texts.suggested), ...suggested.prompts.map((prompt) =>
    make("button", { type: "button", class: "prompt", on: { click: () => say(prompt.message) } }, prompt.title)));
}

function presence(online, why = "") {
  const words = online ? state.texts.connected : why || state.texts.not_connected;
  const dot = one("#presence");
  dot.classList.toggle("online", online);
  dot.title = words;
  dot.setAttribute("aria-label", words);
}

function sidebar() {
  const item = (place) => make("li", {}, make("button", {
    type: "button", "aria-current": place.id === here.channel ? "page" : false, class: unread.has(place.id) ? "unread" : "",
    on: { click: () => { menu(false); go(place.id); } },
  }, place.is_im ? picture(state.bot, "small") : make("span", { class: "hash", "aria-hidden": "true" }, "#"), place.name));
  one("#channels").replaceChildren(...state.channels.filter((place) => !place.is_im).map(item));
  one("#direct").replaceChildren(...state.channels.filter((place) => place.is_im).map(item));
}

function people() {
  const box = one("#people");
  all("label", box).forEach((node) => node.remove());
  for (const person of state.people) {
    const me = person.id === state.me.id;
    box.append(make("label", {}, make("input", { type: "radio", name: "as", value: person.id, checked: me, on: { change: () => start(person.id) } }),
      picture(person, "small"), make("span", {}, person.name)));
  }
}

function menu(open) {
  document.body.classList.toggle("menu-open", open);
  one("#menu").setAttribute("aria-expanded", String(open));
}

function remember() {
  history.replaceState(null, "", "?" + new URLSearchParams({ as: state.me.id, in: here.channel }));
}

const whichMessage = (node) => {
  const root = node.closest(".message");
  return { channel: root.dataset.channel, ts: root.dataset.ts, root };
};
for (const [root, messages] of [["#messages", list], ["#replies", thread]]) {
  watch(one(root), whichMessage, () => state.texts, (thumb) => messages.press(thumb.closest(".message").dataset.ts, thumb));
}
watch(one("#home"), () => ({ view_id: one("#home").dataset.view, root: one("#home") }), () => state.texts);
one("#close-thread").onclick = closeThread;
one("#menu").onclick = () => menu(!document.body.classList.contains("menu-open"));
for (const node of all("#tabs [role=tab]")) node.onclick = () => go(here.channel, node.dataset.tab);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && here.thread && !one("dialog[open]")) closeThread();
});
const wanted = new URLSearchParams(location.search);
here.channel = wanted.get("in") ?? "";
start(wanted.get("as") ?? "").catch(() => start());
