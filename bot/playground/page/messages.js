// One list of messages: the channel's, or a thread's. It draws, replaces and removes; it decides nothing.
import { make, one, all, picture, fill } from "./dom.js";

const GAP = 300; // seconds after which the author is named again

export class MessageList {
  constructor(root, { state, openThread, shortcut }) {
    Object.assign(this, { root, state, openThread, shortcut, inThread: !openThread });
    this.posts = new Map();
    this.pressed = new Map();
  }

  show(posts, beginning) {
    this.posts = new Map(posts.map((post) => [post.ts, post]));
    this.beginning = beginning;
    this.draw();
    this.toEnd();
  }

  put(post) {
    const atEnd = this.isAtEnd();
    this.posts.set(post.ts, post);
    this.posts = new Map([...this.posts].sort(([a], [b]) => (a < b ? -1 : 1)));
    this.draw();
    if (atEnd) this.toEnd();
  }

  drop(ts) {
    if (this.posts.delete(ts)) this.draw();
  }

  status(person, text) {
    one(".status", this.root)?.remove();
    if (!text) return;
    this.root.append(make("p", { class: "status" }, picture(person, "small"), `${person.name} ${text}`));
    this.toEnd();
  }

  // Draws what changed and leaves the rest alone, so that a reader or an open menu is not disturbed.
  draw() {
    const wanted = this.beginning ? [this.beginning] : [];
    let before = null;
    for (const post of this.posts.values()) {
      const day = this.day(post);
      if (!before || this.day(before) !== day) {
        wanted.push({ key: `day ${day}`, build: () => make("div", { class: "day", role: "separator" }, make("span", {}, day)) });
      }
      const follows = before && this.day(before) === day && follow(before, post);
      wanted.push({ key: `${post.ts} ${JSON.stringify(post)} ${follows}`, build: () => this.message(post, follows) });
      before = post;
    }
    const there = new Map(all(":scope > [data-key]", this.root).map((node) => [node.dataset.key, node]));
    const nodes = wanted.map(({ key, build }) => {
      const node = there.get(key) ?? build();
      node.dataset.key = key;
      return node;
    });
    const status = one(".status", this.root);
    there.forEach((node) => nodes.includes(node) || node.remove());
    nodes.forEach((node, place) => {
      if (this.root.children[place] !== node) this.root.insertBefore(node, this.root.children[place] ?? null);
    });
    if (status) this.root.append(status);
  }

  message(post, follows) {
    const { texts } = this.state;
    const node = make("article", {
      class: ["message", follows && "follows", post.only_for_you && "ephemeral"].filter(Boolean).join(" "),
      "data-ts": post.ts,
      "data-channel": post.channel,
      "data-author": post.author.is_bot ? "bot" : "person",
      "aria-label": `${post.author.name}, ${this.time(post)}`,
    });
    if (post.only_for_you) node.append(make("p", { class: "only" }, `👁 ${texts.only_for_you}`));
    node.append(make("div", { class: "gutter" }, follows ? make("time", {}, this.time(post)) : picture(post.author)));
    const body = make("div", { class: "content" });
    if (!follows) {
      body.append(make("div", { class: "by" }, make("strong", {}, post.author.name),
        post.author.is_bot ? make("span", { class: "badge" }, texts.app) : null, make("time", {}, this.time(post))));
    }
    body.append(make("div", { class: "body", html: post.html + (post.edited ? ` <span class="edited">${texts.edited}</span>` : "") }));
    if (!this.inThread) body.append(...this.threadParts(post));
    if (!post.only_for_you) body.append(...this.shortcuts(post));
    node.append(body);
    this.pressAgain(node, post.ts);
    return node;
  }

  threadParts(post) {
    if (post.only_for_you) return [];
    const { texts } = this.state;
    const open = { on: { click: () => this.openThread(post.ts) } };
    const hover = make("button", { type: "button", class: "hover", title: texts.reply_in_thread, "aria-label": texts.reply_in_thread, ...open }, "💬");
    if (!post.replies) return [hover];
    const count = post.replies === 1 ? texts.reply_one : fill(texts.reply_many, { count: post.replies });
    return [hover, make("button", { type: "button", class: "thread-link", ...open }, ...post.repliers.map((who) => picture(who, "small")),
      make("span", { class: "count" }, count), make("span", { class: "see", "aria-hidden": "true" }, texts.see_thread))];
  }

  shortcuts(post) {
    return (this.state.shortcuts ?? []).map(([name, label]) => make("button", { type: "button", class: "hover shortcut", title: label,
      "aria-label": label, on: { click: () => this.shortcut(post, name) } }, "⚡"));
  }

  // A thumb stays down when its message is drawn again.
  press(ts, button) {
    this.pressed.set(`${ts} ${button.dataset.action}`, button.dataset.value);
    this.pressAgain(button.closest(".message"), ts);
  }

  pressAgain(node, ts) {
    for (const thumb of all(".thumb", node)) {
      thumb.setAttribute("aria-pressed", String(this.pressed.get(`${ts} ${thumb.dataset.action}`) === thumb.dataset.value));
    }
  }

  time(post) {
    return this.moment(post, { hour: "2-digit", minute: "2-digit" });
  }

  day(post) {
    const day = (seconds) => this.moment({ ts: seconds }, { weekday: "long", day: "numeric", month: "long" });
    const shown = day(post.ts);
    if (shown === day(Date.now() / 1000)) return this.state.texts.today;
    return shown === day(Date.now() / 1000 - 86400) ? this.state.texts.yesterday : shown;
  }

  moment(post, parts) {
    const { locale, tz } = this.state.me;
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: tz }).format(new Date(Number(post.ts) * 1000));
  }

  isAtEnd() {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 120;
  }

  toEnd() {
    this.root.scrollTop = this.root.scrollHeight;
  }
}

function follow(before, post) {
  return before.author.id === post.author.id && before.only_for_you === post.only_for_you
    && !before.replies && Number(post.ts) - Number(before.ts) < GAP;
}
