/** Files and folders dropped anywhere on the page. */

import { byId } from "./dom.js";

/** @param {(dropped: DataTransfer) => void} onDrop reads it at once: it is empty after the event */
export function takeDrops(onDrop) {
  const veil = byId("veil");
  let depth = 0;
  const carriesFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  const show = (/** @type {boolean} */ on) => (veil.hidden = !on);
  addEventListener("dragenter", (event) => {
    if (carriesFiles(event)) show(++depth > 0);
  });
  addEventListener("dragleave", (event) => {
    if (carriesFiles(event)) show(--depth > 0);
  });
  addEventListener("dragover", (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!carriesFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    show((depth = 0) > 0);
    onDrop(event.dataTransfer);
  });
}
