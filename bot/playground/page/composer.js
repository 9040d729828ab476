// The box in which people write: Enter sends, @ and / offer what can follow.
import { make, one } from "./dom.js";

export class Composer {
  constructor(form, { state, send, commands, attach }) {
    const { texts } = state;
    Object.assign(this, { form, state, send, commands, attach });
    this.box = make("textarea", { rows: 1, maxlength: 4000, "aria-describedby": `${form.id}-keys`, autocomplete: "off" });
    this.offers = make("div", { class: "offers", role: "listbox", hidden: true });
    const tool = (mark, label, text) => make("button", { type: "button", class: "tool", title: label, "aria-label": label,
      on: { click: () => this.insert(text) } }, mark);
    form.replaceChildren(this.offers, this.box, make("div", { class: "tools" },
      tool("@", texts.insert_mention, `@${state.bot.name} `),
      commands ? tool("/", texts.insert_command, `${state.commands[0]} `) : null,
      attach ? this.attachment() : null,
      make("span", { class: "keys", id: `${form.id}-keys` }, texts.keys),
      make("button", { type: "submit", class: "send", title: texts.send, "aria-label": texts.send, disabled: true }, "➤")),
      this.hint = make("p", { class: "hint" }));
    this.box.addEventListener("input", () => this.changed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    form.onsubmit = (event) => { event.preventDefault(); this.submit(); };
  }

  // `hint` is shown only while what is written would not reach the bot.
  aim(placeholder, hint = "") {
    this.box.placeholder = placeholder;
    this.box.setAttribute("aria-label", placeholder);
    this.mustMention = hint;
    this.changed();
  }

  insert(text) {
    const { selectionStart: start, selectionEnd: end, value } = this.box;
    if (text.startsWith("/")) this.box.value = value.startsWith(text) ? value : text + value;
    else this.box.setRangeText(text, start, end, "end");
    this.box.focus();
    this.changed();
  }

  attachment() {
    const label = this.state.texts.attach;
    const picked = make("input", { type: "file", hidden: true, on: { change: async () => {
      for (const file of picked.files) await this.attach(file);
      picked.value = "";
    } } });
    return make("span", {}, make("button", { type: "button", class: "tool", title: label, "aria-label": label,
      on: { click: () => picked.click() } }, "+"), picked);
  }

  submit() {
    const text = this.box.value.trim();
    if (!text) return;
    this.box.value = "";
    this.changed();
    this.send(text);
  }

  changed() {
    const text = this.box.value;
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 160)}px`;
    one(".send", this.form).disabled = !text.trim();
    const heard = text.startsWith("/") || text.toLowerCase().includes(`@${this.state.bot.name.toLowerCase()}`);
    this.hint.textContent = this.mustMention && text.trim() && !heard ? this.mustMention : "";
    this.offer();
  }

  offer() {
    const before = this.box.value.slice(0, this.box.selectionStart);
    const [, word = ""] = before.match(/(?:^|\s)([@/][^\s]*)$/) ?? [];
    const { bot, people } = this.state;
    const names = word.startsWith("@") ? [bot, ...people].map((person) => [`@${person.name}`, person.is_bot ? "APP" : ""])
      : word.startsWith("/") && this.commands && before === word ? this.state.commands.map((name) => [name, bot.name]) : [];
    const found = names.filter(([name]) => name.toLowerCase().startsWith(word.toLowerCase()) && name !== word);
    this.offers.hidden = !word || !found.length;
    this.offers.replaceChildren(...found.map(([name, note], place) => make("button", {
      type: "button", role: "option", tabindex: -1, "aria-selected": String(place === 0),
      on: { mousedown: (event) => { event.preventDefault(); this.take(word, name); } },
    }, name, make("small", {}, note))));
    this.offered = found.length && word ? [word, found.map(([name]) => name)] : null;
    this.chosen = 0;
  }

  take(word, name) {
    const end = this.box.selectionStart;
    this.box.setRangeText(`${name} `, end - word.length, end, "end");
    this.box.focus();
    this.changed();
  }

  key(event) {
    if (event.isComposing) return;
    if (this.offered && ["ArrowDown", "ArrowUp", "Tab", "Enter", "Escape"].includes(event.key) && !event.shiftKey) {
      const [word, names] = this.offered;
      event.preventDefault();
      if (event.key === "Escape") { this.offers.hidden = true; this.offered = null; return; }
      if (event.key === "Tab" || event.key === "Enter") { this.take(word, names[this.chosen]); return; }
      this.chosen = (this.chosen + (event.key === "ArrowDown" ? 1 : names.length - 1)) % names.length;
      [...this.offers.children].forEach((node, place) => node.setAttribute("aria-selected", String(place === this.chosen)));
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    }
  }
}
