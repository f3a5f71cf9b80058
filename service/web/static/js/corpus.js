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
const SEEN_OF_ONE = 4; // passages of one report
const NEWEST = "-published_at";
let cursor = /** @type {string | null} */ (null);
let turn = 0; // answers to an earlier question are thrown away

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

/** The address says what is shown; so a search can be sent to a colleague. */
async function show() {
  const query = new URLSearchParams(location.search);
  const mine = ++turn;
  clearNotice("archive");
  for (const name of [...FIELDS, "sort"]) field(name).value = query.get(name) ?? "";
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
  const query = new URLSearchParams({ limit: String(PAGE), per_document: String(SEEN_OF_ONE) });
  byId("sorting").hidden = true;
  for (const name of FIELDS) if (field(name).value.trim()) query.append(name, field(name).value.trim());
  byId("results").setAttribute("aria-busy", "true");
  const { items } = await json(`/v1/documents/search?${query}`).finally(() => byId("results").removeAttribute("aria-busy"));
  if (mine !== turn) return;
  const words = wordsOf(field("q").value);
  const reports = [...Map.groupBy(items, (/** @type {any} */ item) => item.document.id).values()];
  byId("list").replaceChildren(...reports.map((passages) => found(passages, words)));
  byId("results-line").textContent = items.length ? `${counted(items.length, "passage")} in ${counted(reports.length, "report")}, best first` : "The archive is silent on this.";
  byId("more").hidden = true;
}

/**
 * @param {number} mine
 * @param {string | null} after
 */
async function list(mine, after) {
  const query = new URLSearchParams({ limit: String(PAGE), ...(after && { cursor: after }), ...order() });
  byId("sorting").hidden = false;
  const page = await json(`/v1/documents?${query}`);
  if (mine !== turn) return;
  if (after === null) byId("list").replaceChildren();
  byId("list").append(...page.items.map(listed));
  cursor = page.cursor;
  byId("more").hidden = cursor === null;
  const shown = byId("list").childElementCount;
  byId("results-line").textContent = shown === 0
    ? nothing(query)
    : cursor === null ? counted(shown, "report") : `${number(shown)} of ${counted(page.total, "report")}`;
}

/** What the list is sorted by and narrowed to. Where it is narrowed, by date only. */
function order() {
  const narrowed = Object.fromEntries(["source", "from", "to"].map((name) => [name, field(name).value.trim()]).filter(([, value]) => value));
  const sort = field("sort").value;
  if (sort === "undated") return { undated: "true", sort: "published_at", ...(narrowed.source && { source: narrowed.source }) };
  if (Object.keys(narrowed).length && sort !== "published_at") field("sort").value = "";
  return { ...narrowed, sort: field("sort").value || NEWEST };
}

/** @param {URLSearchParams} query */
function nothing(query) {
  if (query.has("undated")) return "Every report has a date.";
  return query.has("source") || query.has("from") || query.has("to") ? "No report fits." : "The archive is empty. Drop reports here: files, folders or a ZIP.";
}

/** @param {any} document */
function listed(document) {
  return h("li", { class: document.retracted ? "retracted" : null },
    h("a", { href: reportAddress(document.id, null), dir: "auto" }, document.title || document.id), sourceLine(document),
    h("p", { class: "start", dir: "auto" }, document.text.slice(0, 200)));
}

/**
 * One report, with its best passage; the others are a press away.
 * @param {any[]} passages
 * @param {RegExp | null} words
 */
function found([{ document, span, ...best }, ...others], words) {
  return h("li", null,
    h("a", { href: reportAddress(document.id, span), dir: "auto" }, document.title || document.id), sourceLine(document),
    passageLine(best, words),
    others.length > 0 && h("details", null, h("summary", null, `${counted(others.length, "more passage")}`),
      ...others.map((other) => passageLine(other, words))));
}

/** @param {any} passage @param {RegExp | null} words */
function passageLine({ text, before, after }, words) {
  return h("p", { class: "passage-line", dir: "auto" }, `${before} `, h("b", null, ...marked(text, words)), ` ${after}`);
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
byId("sort").addEventListener("change", () => {
  const query = new URLSearchParams(location.search);
  query.delete("report");
  if (field("sort").value) query.set("sort", field("sort").value);
  else query.delete("sort");
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
