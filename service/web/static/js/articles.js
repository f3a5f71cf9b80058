/** The articles page: the list with search and filters, and one article with its versions and what changed. */

import { json } from "./api.js";
import { entry, nameOf, standing, time } from "./article_entry.js";
import { announce, byId, fill, h, ROOT } from "./dom.js";
import { notice, tellProblem } from "./notices.js";
import { counted, number } from "./words.js";

/** @typedef {import("./article_entry.js").Finding} Finding */
/** @typedef {import("./article_entry.js").Version} Version */
/** @typedef {import("./article_entry.js").Article} Article */

const ONLY = ["open", "watched", "flipped", "mine"];

let turn = 0; // of two answers, the one to the newer question counts

/** @param {string} id */
const articlePath = (id) => `/v1/articles/${encodeURIComponent(id)}`;

// ── the list ──

function query() {
  const given = new URLSearchParams(location.search);
  const wanted = new URLSearchParams();
  if (given.get("q")) wanted.set("q", given.get("q") ?? "");
  for (const name of ONLY) if (given.get(name) === "true") wanted.set(name, "true");
  return wanted;
}

/** @param {string} [cursor] of the next page */
async function list(cursor = "") {
  const mine = ++turn;
  const wanted = query();
  const filtered = wanted.size > 0;
  wanted.set("limit", "30");
  if (cursor) wanted.set("cursor", cursor);
  const page = await json(`/v1/articles?${wanted}`);
  if (mine !== turn) return;
  const place = byId("list");
  if (!cursor) place.replaceChildren();
  place.append(...page.items.map(entry));
  const more = byId("more");
  more.hidden = page.cursor === null;
  more.onclick = () => list(page.cursor).catch((error) => tellProblem("articles", error));
  const shown = place.children.length;
  byId("listing-line").textContent = shown ? "" : page.cursor ? "Nothing found yet." : filtered ? "No article fits." : "No article was checked yet. Each check appears here.";
  announce(shown ? counted(shown, "article") : "No articles");
}

// ── one article ──

/** @param {string} id */
async function show(id) {
  const mine = ++turn;
  const [article, versions] = await Promise.all([json(articlePath(id)), json(`${articlePath(id)}/checks?limit=50`)]);
  if (mine !== turn) return;
  document.title = `${nameOf(article)} · factcheck`;
  const rows = h("tbody", null, ...versions.items.map(row));
  fill(byId("article"),
    h("p", null, h("a", { href: `${ROOT}/articles` }, "← all articles")),
    h("div", { class: "article-head" },
      h("h1", { id: "article-title", dir: "auto", tabindex: "-1" }, nameOf(article)),
      h("span", { class: "row" },
        h("a", { class: "button primary", href: `${ROOT}/checks/${article.latest.check_id}` }, "Open the newest check"),
        h("button", { type: "button", class: "button quiet", onclick: () => remove(article) }, "Delete"))),
    h("p", { class: "standing-now" }, ...standing(article)),
    changed(article.changes),
    h("section", { class: "versions", "aria-labelledby": "versions-title" },
      h("h2", { id: "versions-title" }, "Versions"),
      h("table", null, h("thead", null, h("tr", null, ...["Version", "Checked", "By", "Result", "Changes"].map((name) => h("th", { scope: "col" }, name)))), rows),
      versions.cursor !== null && moreVersions(id, versions.cursor, rows)));
  byId("article-title").focus({ preventScroll: true });
}

/** @param {Version} version */
function row(version) {
  return h("tr", null,
    h("td", null, h("a", { href: `${ROOT}/checks/${version.check_id}` }, `Version ${number(version.version)}`)),
    h("td", null, time(version.created_at)),
    h("td", { dir: "auto" }, version.submitted_by ?? ""),
    h("td", null, result(version)),
    h("td", null, version.changes ? changeWords(version.changes) : ""));
}

/** @param {Version} version */
function result({ status, summary }) {
  if (!summary) return status;
  const parts = ["contradicted", "disputed"].filter((label) => summary[label]).map((label) => `${summary[label]} ${label}`);
  return parts.join(", ") || counted(summary.claims, "claim");
}

/** @param {{new: number, mended: number}} changes */
function changeWords(changes) {
  const parts = [changes.new ? `${changes.new} new` : "", changes.mended ? `${changes.mended} mended` : ""].filter(Boolean);
  return parts.join(", ") || "none";
}

/** @param {string} id @param {string} cursor @param {HTMLElement} rows */
function moreVersions(id, cursor, rows) {
  const button = h("button", { type: "button", class: "button" }, "Earlier versions");
  let next = cursor;
  button.onclick = async () => {
    try {
      const page = await json(`${articlePath(id)}/checks?limit=50&cursor=${encodeURIComponent(next)}`);
      rows.append(...page.items.map(row));
      if (page.cursor === null) button.remove();
      else next = page.cursor;
    } catch (error) {
      tellProblem("articles", error);
    }
  };
  return button;
}

/** @param {{from: number, to: number, new: Finding[], mended: Finding[], dismissed: Finding[]} | null} changes */
function changed(changes) {
  if (!changes) return null;
  const groups = /** @type {[string, Finding[]][]} */ ([["New errors", changes.new], ["Mended", changes.mended], ["Dismissed", changes.dismissed]]).filter(([, findings]) => findings.length);
  return h("section", { class: "changes", "aria-labelledby": "changes-title" },
    h("h2", { id: "changes-title" }, `From version ${number(changes.from)} to ${number(changes.to)}`),
    groups.length === 0 && h("p", null, "No error is new, none is mended."),
    ...groups.map(([name, findings]) => h("div", null, h("h3", null, `${name} · ${findings.length}`), h("ol", null, ...findings.map(({ text }) => h("li", { dir: "auto" }, text))))));
}

/** @param {Article} article */
async function remove(article) {
  if (!confirm(`Delete “${nameOf(article)}” with all its versions, texts and decisions? This cannot be undone.`)) return;
  try {
    await json(articlePath(article.id), { method: "DELETE" });
    history.replaceState(null, "", `${ROOT}/articles`);
    start();
    notice("articles", "Deleted.", "The article's texts, verdicts and decisions are deleted.");
  } catch (error) {
    tellProblem("articles", error);
  }
}

// ──

function start() {
  const found = /\/articles\/([^/]+)$/.exec(location.pathname);
  byId("listing").hidden = found !== null;
  byId("article").hidden = found === null;
  const given = query();
  /** @type {HTMLInputElement} */ (byId("q")).value = given.get("q") ?? "";
  for (const box of boxes()) box.checked = given.has(box.name);
  const shown = found ? show(decodeURIComponent(found[1])) : list();
  shown.catch((error) => tellProblem("articles", error, start));
}

const boxes = () => /** @type {HTMLInputElement[]} */ ([...byId("find").querySelectorAll("input[type=checkbox]")]);

function find() {
  const wanted = new URLSearchParams();
  const words = /** @type {HTMLInputElement} */ (byId("q")).value.trim();
  if (words) wanted.set("q", words);
  for (const box of boxes()) if (box.checked) wanted.set(box.name, "true");
  history.pushState(null, "", `${ROOT}/articles${wanted.size ? `?${wanted}` : ""}`);
  start();
}

byId("find").addEventListener("submit", (event) => { event.preventDefault(); find(); });
byId("find").addEventListener("change", (event) => { if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") find(); });
addEventListener("popstate", start);
start();
