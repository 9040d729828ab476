// What people click, choose and fill in, wherever it is: gathers it and hands it to the server.
import { make, one, all, notice } from "./dom.js";
import { tell } from "./server.js";

export function gather(root) {
  const inputs = {};
  for (const node of all("[data-input]", root)) inputs[`${node.dataset.block} ${node.dataset.action}`] = valueOf(node);
  return inputs;
}

export function restore(root, inputs) {
  for (const node of all("[data-input]", root)) {
    const kept = inputs[`${node.dataset.block} ${node.dataset.action}`];
    if (kept === undefined) continue;
    if (node.matches("fieldset")) {
      // What was found by searching is not in the list that the server draws.
      if (node.dataset.kind === "multi_external_select") [].concat(kept).forEach((value) => tick(node, value));
      all("input", node).forEach((box) => { box.checked = [].concat(kept).includes(box.value); });
    }
    else node.value = node.dataset.kind === "datetimepicker" ? node.value : kept ?? "";
  }
}

function valueOf(node) {
  if (node.matches("fieldset")) {
    const chosen = all("input:checked", node).map((box) => box.value);
    return node.dataset.kind === "radio_buttons" ? chosen[0] ?? null : chosen;
  }
  if (node.dataset.kind === "datetimepicker") return node.value ? String(Math.floor(new Date(node.value) / 1000)) : null;
  return node.value || null;
}

// Listens to everything that fires inside `root`. `where(node)` says which message or view it belongs to.
export function watch(root, where, texts, pressed = () => {}) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-action], a[data-action]");
    if (!button || !root.contains(button) || button.matches("[data-external] ~ *")) return;
    if (button.dataset.confirm && !(await confirmed(JSON.parse(button.dataset.confirm), texts()))) return;
    if (button.matches(".thumb")) pressed(button);
    button.closest("details.overflow")?.removeAttribute("open");
    await fire(button, button.dataset.value ?? null, where(button));
  });
  root.addEventListener("change", async (event) => {
    const node = event.target.closest("[data-input][data-fires]");
    if (node && root.contains(node)) await fire(node, valueOf(node), where(node));
  });
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-external]")) search(event.target, where(event.target), texts());
  });
}

async function fire(node, given, place) {
  node.classList.add("waiting");
  node.setAttribute("aria-busy", "true");
  const { root, ...address } = place;
  try {
    await tell("click", { ...address, block_id: node.dataset.block, action_id: node.dataset.action, given, inputs: gather(root) });
  } catch (error) {
    notice(String(error.message));
  }
  node.classList.remove("waiting");
  node.removeAttribute("aria-busy");
}

// Adds a ticked line for `value|name`, unless it is there.
function tick(fieldset, value) {
  const known = all("input", fieldset).find((box) => box.value === value);
  if (known) { known.checked = true; return; }
  const box = make("input", { type: "checkbox", value });
  box.checked = true;
  fieldset.append(make("label", {}, box, make("span", {}, value.slice(value.indexOf("|") + 1))));
}

let asked = 0;
function search(box, place, texts) {
  const turn = ++asked;
  const hidden = box.nextElementSibling, list = one(".suggestions", box.parentElement);
  const several = hidden.matches("fieldset");
  if (!several) hidden.value = "";
  setTimeout(async () => {
    if (turn !== asked) return;
    const { root, ...address } = place;
    const { options } = await tell("suggest", { ...address, block_id: hidden.dataset.block, action_id: hidden.dataset.action, typed: box.value });
    if (turn !== asked) return;
    const close = () => { list.hidden = true; box.setAttribute("aria-expanded", "false"); };
    list.replaceChildren(...options.map((option) => make("button", { type: "button", role: "option", on: { click: () => {
      box.value = several ? "" : option.text;
      if (several) tick(hidden, `${option.value}|${option.text}`);
      else hidden.value = `${option.value}|${option.text}`;
      close();
      hidden.dispatchEvent(new Event("change", { bubbles: true }));
    } } }, option.text)));
    if (!options.length) list.append(make("span", { class: "none" }, texts.nothing_found));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.onblur = () => setTimeout(close, 200);
  }, 200);
}

function confirmed(words, texts) {
  const dialog = one("#confirm");
  one("h2", dialog).textContent = words.title ?? texts.confirm;
  one("p", dialog).textContent = words.text ?? "";
  one("[value=no]", dialog).textContent = words.deny ?? texts.cancel;
  one("[value=yes]", dialog).textContent = words.confirm ?? texts.confirm;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => { dialog.onclose = () => done(dialog.returnValue === "yes"); });
}
