/** Files dropped anywhere on the page. */

import { byId } from "./dom.js";

/** @param {(files: File[]) => void} onFiles */
export function takeDrops(onFiles) {
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
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show((depth = 0) > 0);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) onFiles(files);
  });
}
