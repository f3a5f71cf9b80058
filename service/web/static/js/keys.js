/** The API key, if the service needs one: requested once, kept for this tab. */

import { byId } from "./dom.js";

const PLACE = "factcheck.key";

/** @type {Promise<boolean> | null} */
let asking = null;

/** @returns {Record<string, string>} */
export function keyHeaders() {
  const key = sessionStorage.getItem(PLACE);
  return key ? { Authorization: `Bearer ${key}` } : {};
}

/** True once there is a new key; calls that fail together ask together. */
export function askForKey() {
  asking ??= asked().finally(() => (asking = null));
  return asking;
}

/** @returns {Promise<boolean>} */
function asked() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("key-dialog"));
  const field = /** @type {HTMLInputElement} */ (byId("key"));
  const refused = sessionStorage.getItem(PLACE) !== null;
  byId("key-title").textContent = refused ? "That key was not accepted" : "This service needs a key";
  sessionStorage.removeItem(PLACE);
  field.value = "";
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const key = field.value.trim();
      const given = dialog.returnValue === "ok" && /^[\x21-\x7e]+$/.test(key);
      if (given) sessionStorage.setItem(PLACE, key);
      field.value = "";
      resolve(given);
    }, { once: true });
  });
}
