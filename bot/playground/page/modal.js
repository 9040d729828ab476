// The modal in front, as the server has it. What was typed survives an update of the same view.
import { one, all } from "./dom.js";
import { tell } from "./server.js";
import { gather, restore, watch } from "./controls.js";

export class Modal {
  constructor(state) {
    this.state = state;
    this.dialog = one("#modal");
    this.body = one(".body", this.dialog);
    this.typed = new Map();
    this.view = null;
    watch(this.body, () => ({ view_id: this.view?.id, root: this.body }), () => this.state().texts);
    one("#modal-form").onsubmit = (event) => { event.preventDefault(); this.submit(); };
    one(".close", this.dialog).onclick = () => this.close(true);
    one(".cancel", this.dialog).onclick = () => this.close(true);
    one(".back", this.dialog).onclick = () => this.close(false);
    this.dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.close(true); });
  }

  show(view) {
    if (this.view) this.typed.set(this.view.id, gather(this.body));
    const fresh = view?.id !== this.view?.id;
    this.view = view;
    if (!view) { this.typed.clear(); this.dialog.close(); return; }
    one("#modal-title").textContent = view.title;
    this.body.innerHTML = view.html;
    restore(this.body, this.typed.get(view.id) ?? {});
    one(".back", this.dialog).hidden = !view.back;
    one(".cancel", this.dialog).textContent = view.close;
    const submit = one("[type=submit]", this.dialog);
    submit.textContent = view.submit;
    submit.hidden = !view.submit;
    this.errors({});
    if (!this.dialog.open) this.dialog.showModal();
    if (fresh) (one("input:not([type=hidden]), textarea, select", this.body) ?? submit).focus();
  }

  async submit() {
    const missing = {};
    const inputs = gather(this.body);
    for (const block of all("[data-required]", this.body)) {
      const node = one("[data-input]", block);
      const value = node && inputs[`${node.dataset.block} ${node.dataset.action}`];
      if (node && (value === null || value?.length === 0)) missing[block.dataset.inputBlock] = this.state().texts.required;
    }
    this.errors(missing);
    if (Object.keys(missing).length) return;
    const button = one("[type=submit]", this.dialog);
    button.disabled = true;
    try {
      const { errors } = await tell("submit", { view_id: this.view.id, inputs });
      this.errors(errors);
    } finally {
      button.disabled = false;
    }
  }

  errors(errors) {
    const whole = one(".whole", this.dialog);
    whole.textContent = errors[""] ?? "";
    whole.hidden = !errors[""];
    for (const line of all("[data-error]", this.body)) {
      const words = errors[line.dataset.error];
      line.textContent = words ?? "";
      line.hidden = !words;
      one("[data-input]", line.parentElement)?.toggleAttribute("aria-invalid", Boolean(words));
    }
    one("[aria-invalid]", this.body)?.focus();
  }

  close(everything) {
    if (this.view) tell("close", { view_id: this.view.id, everything });
  }
}
