/** Builds elements without parsing markup: text of clients, drafts and archive is always inserted as text nodes. */

/** @typedef {Record<string, any>} Props class, data-*, aria-* and other attributes; `on…` listeners; true, false and null as in HTML. */

/**
 * A new element.
 * @param {string} tag
 * @param {Props | null} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  fill(node, ...children);
  return node;
}

/**
 * These children instead of those it has.
 * @param {Element} node
 * @param {...(Node | string | null | undefined | false)} children
 */
export function fill(node, ...children) {
  node.replaceChildren(.../** @type {(Node | string)[]} */ (children.filter((child) => child !== null && child !== undefined && child !== false)));
}

/**
 * The element with this id, which the page is known to have.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return /** @type {T} */ (node);
}

/** Where the service is mounted, without a closing slash. */
export const ROOT = document.documentElement.dataset.root ?? "";

let saying = 0;

/**
 * Announces to screen readers (`aria-live="polite"`); of several messages in a row only the last is announced.
 * @param {string} words
 */
export function announce(words) {
  clearTimeout(saying);
  saying = setTimeout(() => (byId("live").textContent = words), 150);
}

/** True where the reader asked for less motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
