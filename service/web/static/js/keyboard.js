/** Single-key shortcuts, inactive while the user types. Can be switched off; the browser remembers it. */

import { byId } from "./dom.js";

const PLACE = "factcheck.keys-off";

/** @param {Record<string, () => void>} keys key → what it does */
export function listenToKeys(keys) {
  const help = /** @type {HTMLDialogElement} */ (byId("help"));
  const on = /** @type {HTMLInputElement} */ (byId("keys-on"));
  on.checked = localStorage.getItem(PLACE) === null;
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(PLACE) : localStorage.setItem(PLACE, "1")));
  byId("help-button").addEventListener("click", () => help.showModal());
  addEventListener("keydown", (event) => {
    const act = event.key === "?" ? () => help.showModal() : Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (!act || !on.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    act();
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}
