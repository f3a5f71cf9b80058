/** Exports: the corrected text, the report in several formats, the address. */

import { call, checkPath, Problem } from "./api.js";
import { announce, byId, ROOT } from "./dom.js";
import { download } from "./download.js";
import { notice, tellProblem } from "./notices.js";
import { lastFile } from "./reading/files.js";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** @type {Record<string, [accept: string, ending: string]>} */
const SHAPES = { html: ["text/html", "html"], json: ["application/json", "json"], csv: ["text/csv", "csv"], word: [WORD, "docx"] };

/**
 * @param {() => {checkId: string, text: string}} current
 * @param {() => void} onForget
 */
export function offerExports(current, onForget) {
  const menu = /** @type {HTMLDetailsElement} */ (byId("export"));
  menu.addEventListener("click", (event) => {
    const kind = event.target instanceof Element ? event.target.closest("[data-export]")?.getAttribute("data-export") : null;
    if (!kind) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    if (kind === "forget") onForget();
    else take(kind, current()).catch((error) => tellProblem("export", error));
  });
  addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}

/**
 * @param {string} kind
 * @param {{checkId: string, text: string}} current
 */
async function take(kind, { checkId, text }) {
  if (kind === "address") {
    await navigator.clipboard.writeText(`${location.origin}${ROOT}/checks/${checkId}`);
    return announce("Address copied");
  }
  if (kind === "text") return download(new Blob([text], { type: "text/plain;charset=utf-8" }), `draft-${checkId.slice(0, 8)}.txt`);
  const [accept, ending] = SHAPES[kind];
  const own = kind === "word" ? await inOwnFile(checkId) : null;
  if (own) return download(own, `checked-${lastFile()?.name}`);
  try {
    const answer = await call(checkPath(checkId), { headers: { Accept: accept } });
    download(await answer.blob(), `check-${checkId.slice(0, 8)}.${ending}`);
  } catch (error) {
    if (error instanceof Problem && error.status === 406) return notice("export", "This format is not available.");
    throw error;
  }
}

/**
 * The Word file that the draft came from, with the marks in it; null where there is none, or it holds other words.
 * @param {string} checkId
 */
async function inOwnFile(checkId) {
  const file = lastFile();
  if (!file || !/\.doc[xm]$/i.test(file.name)) return null;
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    return await (await call(`${checkPath(checkId)}/word`, { method: "POST", body })).blob();
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return null;
    throw error;
  }
}
