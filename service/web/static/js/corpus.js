/** The archive: search it, page through it, read a report, add more. */

import { json } from "./api.js";
import { byId, h, ROOT } from "./dom.js";
import { takeDrops } from "./drop.js";
import { reportAddress } from "./evidence.js";
import { clearNotice, tellProblem } from "./notices.js";
import { showReport } from "./report.js";
import { Adding } from "./adding.js";
import { pickedFromDrop, pickedFromField } from "./picked.js";
import { counted, day, number } from "./words.js";

/** @typedef {import("./evidence.js").Ref} Ref */

const PAGE = 30;
const FIELDS = ["q", "source", "from", "to"];
let cursor = /** @type {string | null} */ (null);
let turn = 0; // answers to an earlier question are thrown away

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** The address says what is shown; so a search can be sent to a colleague. */
async function show() {
  const query = new URLSearchParams(location.search);
  const mine = ++turn;
  clearNotice("archive");
  for (const name of FIELDS) field(name).value = query.get(name) ?? "";
  const id = query.get("report");
  byId("report").hidden = id === null;
  byId("results").hidden = id !== null;
  try {
    if (id !== null) await showReport(byId("report"), id, query, back);
    else if (field("q").value.trim()) await search(mine);
    else await list(mine, null);
  } catch (error) {
    if (mine === turn) tellProblem("archive", error, show);
  }
}

/** @param {number} mine */
async function search(mine) {
  const query = new URLSearchParams({ limit: String(PAGE) });
  for (const name of FIELDS) if (field(name).value.trim()) query.append(name, field(name).value.trim());
  byId("results").setAttribute("aria-busy", "true");
  const { items } = await json(`/v1/documents/search?${query}`).finally(() => byId("results").removeAttribute("aria-busy"));
  if (mine !== turn) return;
  const words = wordsOf(field("q").value);
  byId("list").replaceChildren(...items.map((/** @type {any} */ item) => found(item, words)));
  byId("results-line").textContent = items.length ? `${counted(items.length, "passage")}, best first` : "The archive is silent on this.";
  byId("more").hidden = true;
}

/**
 * @param {number} mine
 * @param {string | null} after
 */
async function list(mine, after) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(after && { cursor: after }) });
  const page = await json(`/v1/documents?${query}`);
  if (mine !== turn) return;
  if (after === null) byId("list").replaceChildren();
  byId("list").append(...page.items.map(listed));
  cursor = page.cursor;
  byId("more").hidden = cursor === null;
  const shown = byId("list").childElementCount;
  byId("results-line").textContent = shown === 0
    ? "The archive is empty. Drop reports here: files, folders or a ZIP."
    : `${cursor === null ? counted(shown, "report") : `${number(shown)} of ${counted(page.total, "report")}`}, sorted by id`;
}

/** @param {any} document */
function listed(document) {
  return h("li", { class: document.retracted ? "retracted" : null },
    h("a", { href: reportAddress(document.id, null), dir: "auto" }, document.title || document.id), sourceLine(document),
    h("p", { class: "start", dir: "auto" }, document.text.slice(0, 200)));
}

/**
 * @param {any} item
 * @param {RegExp | null} words
 */
function found({ document, span, text, before, after }, words) {
  return h("li", null,
    h("a", { href: reportAddress(document.id, span), dir: "auto" }, document.title || document.id), sourceLine(document),
    h("p", { class: "passage-line", dir: "auto" }, `${before} `, h("b", null, ...marked(text, words)), ` ${after}`));
}

/** @param {Ref & {retracted?: boolean}} ref */
function sourceLine(ref) {
  return h("p", { class: "source-line" }, h("span", { dir: "auto" }, ref.source || "no source"), " · ", day(ref.published_at) || "no date",
    ref.retracted && h("strong", null, " · retracted"));
}

/** @param {string} query */
function wordsOf(query) {
  const words = query.match(/[\p{L}\p{N}]{2,}/gu)?.slice(0, 30) ?? [];
  return words.length ? new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})(?![\\p{L}\\p{N}])`, "giu") : null;
}

/**
 * @param {string} text
 * @param {RegExp | null} words
 */
function marked(text, words) {
  if (!words) return [text];
  return text.split(words).map((part, i) => (i % 2 ? h("mark", null, part) : part));
}

function back() {
  if (history.length > 1 && document.referrer === "") history.back();
  else go("");
}

/** @param {string} query */
function go(query) {
  history.pushState(null, "", `${ROOT}/corpus${query && `?${query}`}`);
  show();
}

byId("search").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = new URLSearchParams();
  for (const name of FIELDS) if (field(name).value.trim()) query.set(name, field(name).value.trim());
  go(String(query));
});
byId("more").addEventListener("click", () => {
  const more = /** @type {HTMLButtonElement} */ (byId("more"));
  more.disabled = true; // a second press while the first is answered would list the same reports twice
  list(turn, cursor).catch((error) => tellProblem("archive", error)).finally(() => { more.disabled = false; });
});
const adding = new Adding(() => { if (!byId("results").hidden) show(); });
takeDrops((dropped) => { pickedFromDrop(dropped, adding.endings).then((picked) => adding.offer(picked)); });
for (const id of ["file", "folder"]) {
  field(id).addEventListener("change", () => {
    adding.offer(pickedFromField(field(id).files ?? [], adding.endings));
    field(id).value = "";
  });
}
const earlier = new URLSearchParams(location.search).get("import");
if (earlier) adding.follow(earlier);
addEventListener("popstate", show);
show();
