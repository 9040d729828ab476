// Small helpers to build the page. Text is always set as text; HTML comes from the server only, where it was escaped.
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "html") node.innerHTML = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function picture(person, size = "") {
  if (person.is_bot) return make("img", { class: `face ${size}`, src: "/static/icon.svg", alt: "" });
  const face = make("span", { class: `face ${size}`, "aria-hidden": "true" }, person.initials);
  face.style.background = person.colour;
  return face;
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export function notice(text) {
  const line = make("p", {}, text);
  one("#notices").append(line);
  setTimeout(() => line.remove(), 6000);
}
