/** One report of the archive, scrolled to a passage, with the claims of the user's checks that cite it. */

import { checkPath, documentPath, json } from "./api.js";
import { announce, calm, fill, h, ROOT } from "./dom.js";
import { notice, tellProblem } from "./notices.js";
import { day, LABELS } from "./words.js";

const CHECKS_LOOKED_AT = 8;

/**
 * @param {HTMLElement} place
 * @param {string} id
 * @param {URLSearchParams} query `field`, `start` and `end` in UTF-16 units; `check`, where the reader comes from
 * @param {() => void} onBack
 */
export async function showReport(place, id, query, onBack) {
  const report = await json(documentPath(id));
  const at = { field: query.get("field") ?? "text", start: Number(query.get("start")), end: Number(query.get("end")) };
  const check = query.get("check");
  const users = h("section", { class: "users", "aria-labelledby": "users-title", hidden: true });
  fill(place,
    h("p", { class: "row" },
      check ? h("a", { href: `${ROOT}/checks/${encodeURIComponent(check)}` }, "← back to the check") : h("button", { type: "button", class: "link", onclick: onBack }, "← back to the archive"),
      h("button", { type: "button", class: "button quiet remove", onclick: () => remove(report) }, "Remove from the archive")),
    h("h2", { id: "report-title", dir: "auto", tabindex: "-1" }, ...highlighted(report.title || report.id, at.field === "title" ? at : null)),
    facts(report),
    report.retracted && h("p", { class: "warning" }, "Retracted: not used as evidence."),
    ...paragraphs(report.text, at.field === "text" ? at : null),
    users);
  const passage = place.querySelector("mark");
  if (passage) passage.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  place.querySelector("h2")?.focus({ preventScroll: true });
  tellUsers(users, id, check).catch(() => {}); // an extra: without it the report is whole
}

/** @param {any} report */
function facts(report) {
  const rows = [
    ["source", report.source ?? "unknown"], ["published", day(report.published_at) || "no date"], ["id", report.id],
    ["corrects", report.corrects], ["tags", report.tags?.join(", ")],
  ];
  return h("dl", { class: "facts" },
    ...rows.filter(([, value]) => value).map(([name, value]) => h("div", null, h("dt", null, name), h("dd", { dir: "auto" }, value))),
    /^https?:\/\//.test(report.url ?? "") && h("div", null, h("dt", null, "address"), h("dd", null, h("a", { href: report.url, rel: "noreferrer noopener" }, report.url))));
}

/**
 * @param {string} text
 * @param {{start: number, end: number} | null} at
 */
function paragraphs(text, at) {
  return [...text.matchAll(/[^\r\n]+/g)].filter(([words]) => words.trim()).map((found) => {
    const start = found.index;
    const here = at && { start: at.start - start, end: at.end - start };
    return h("p", { dir: "auto" }, ...highlighted(found[0], here));
  });
}

/**
 * @param {string} words
 * @param {{start: number, end: number} | null} at
 */
function highlighted(words, at) {
  if (!at || !(at.start < at.end) || at.end <= 0 || at.start >= words.length) return [words];
  const start = Math.max(0, at.start);
  return [words.slice(0, start), h("mark", null, words.slice(start, at.end)), words.slice(at.end)];
}

/** @param {any} report */
async function remove(report) {
  if (!confirm(`Remove “${report.title || report.id}” from the archive?`)) return;
  try {
    await json(documentPath(report.id), { method: "DELETE" });
    announce("Removed");
    location.assign(`${ROOT}/corpus`);
  } catch (error) {
    tellProblem("archive", error);
    if (!(error instanceof Error)) notice("archive", "It was not removed.");
  }
}

/**
 * Claims of the check that the reader came from, else of the newest checks, that this report bears on.
 * @param {HTMLElement} place
 * @param {string} id
 * @param {string | null} check
 */
async function tellUsers(place, id, check) {
  const ids = check ? [check] : (await json(`/v1/checks?status=finished&limit=${CHECKS_LOOKED_AT}`)).items.map((/** @type {any} */ c) => c.id);
  for (const checkId of ids) {
    const { report } = await json(checkPath(checkId));
    const uses = (report?.claims ?? []).filter((/** @type {any} */ c) => c.evidence.some((/** @type {any} */ e) => e.document.id === id));
    if (uses.length === 0) continue;
    if (place.hidden) place.append(h("h3", { id: "users-title" }, "Claims that used it"), h("ul", null));
    place.hidden = false;
    place.querySelector("ul")?.append(...uses.map((/** @type {any} */ c) => {
      const { shape, word } = LABELS[/** @type {import("./words.js").Label} */ (c.label)];
      return h("li", { class: `is-${c.label}` }, h("span", { class: "label" }, h("span", { "aria-hidden": "true" }, shape), ` ${word} `),
        h("a", { href: `${ROOT}/checks/${encodeURIComponent(checkId)}#claim=${encodeURIComponent(c.id)}`, dir: "auto" }, c.text));
    }));
  }
}
