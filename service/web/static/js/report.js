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
  const report = await json(`${documentPath(id)}?versions=true`);
  const at = { field: query.get("field") ?? "text", start: Number(query.get("start")), end: Number(query.get("end")) };
  const check = query.get("check");
  const again = () => showReport(place, id, query, onBack);
  const users = h("section", { class: "users", "aria-labelledby": "users-title", hidden: true });
  fill(place,
    h("p", { class: "row" },
      check ? h("a", { href: `${ROOT}/checks/${encodeURIComponent(check)}` }, "← back to the check") : h("button", { type: "button", class: "link", onclick: onBack }, "← back to the archive"),
      h("span", { class: "row" },
        h("button", { type: "button", class: "button quiet", id: "correct", onclick: () => editForm(place, report, again) }, "Correct"),
        h("button", { type: "button", class: "button quiet", id: "retract", onclick: () => retractForm(place, report, again) }, report.retracted ? "Restore" : "Retract"),
        h("button", { type: "button", class: "button quiet remove", onclick: () => remove(report) }, "Remove"))),
    h("div", { id: "report-form" }),
    h("h2", { id: "report-title", dir: "auto", tabindex: "-1" }, ...highlighted(report.title || report.id, at.field === "title" ? at : null)),
    facts(report),
    report.retracted && h("p", { class: "warning" }, "Retracted: not used as evidence.", report.note && ` ${report.note}`),
    !report.retracted && report.note && h("p", { class: "note" }, "Changed by the desk: ", h("bdi", null, report.note)),
    ...paragraphs(report.text, at.field === "text" ? at : null),
    earlier(report),
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
    ["corrects", report.corrects], ["tags", report.tags?.join(", ")], ["from", originLine(report.origin)],
    ["last change", day(report.origin?.modified_at)], ["version", report.origin?.version],
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

/**
 * What the report was before: who replaced it and when, and in what it differed.
 * @param {any} report
 */
function earlier(report) {
  if (report.versions.length === 0) return null;
  const after = [report, ...report.versions.map((/** @type {any} */ v) => v.document)];
  return h("section", { class: "earlier", "aria-labelledby": "earlier-title" },
    h("h3", { id: "earlier-title" }, "Earlier versions"),
    ...report.versions.map((/** @type {any} */ { document, replaced_at: at, replaced_by: by }, /** @type {number} */ i) => h("details", null,
      h("summary", null, `until ${day(at)}, ${at.slice(11, 16)} UTC`, by && ` · replaced by ${by.replace(/^person:/, "")}`, after[i].note && ` · ${after[i].note}`),
      ...differences(document, after[i]))));
}

/**
 * @param {any} before
 * @param {any} after
 */
function differences(before, after) {
  const fields = /** @type {[string, string][]} */ ([["Title", "title"], ["Published", "published_at"], ["Source", "source"], ["Address", "url"], ["Text", "text"]]);
  const changed = fields.filter(([, name]) => before[name] !== after[name]);
  const state = before.retracted !== after.retracted && (before.retracted ? "It was retracted." : "It was not retracted.");
  return [state && h("p", null, state), ...changed.map(([name, key]) => h("p", { dir: "auto" }, `${name}: `, h("del", null, before[key] || "none"))),
    !state && changed.length === 0 && h("p", null, "Only details differed.")];
}

/** @param {any} origin file, entry, reader, and the field that gave the date */
function originLine(origin) {
  if (!origin) return null;
  const place = [origin.file, origin.entry].filter(Boolean).join(", ");
  return `${place} (${origin.reader}${origin.date_source ? `; date from ${origin.date_source}` : ""})`;
}

/**
 * A reason, and what else is asked; saved with one call.
 * @param {HTMLElement} place
 * @param {any} report
 * @param {() => void} again
 * @param {HTMLElement[]} fields
 * @param {string} name
 * @param {() => Record<string, unknown>} change
 */
function changeForm(place, report, again, fields, name, change) {
  const reason = /** @type {HTMLInputElement} */ (h("input", { id: "reason", required: true, maxlength: "2000", dir: "auto", autocomplete: "off" }));
  const form = h("form", { class: "change" }, ...fields,
    h("label", { for: "reason" }, "Reason ", reason),
    h("p", { class: "row" }, h("button", { class: "button primary", id: "save-change" }, name),
      h("button", { type: "button", class: "button quiet", onclick: () => form.remove() }, "Cancel")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    json(documentPath(report.id), { method: "PATCH", body: JSON.stringify({ ...change(), note: reason.value.trim() }), headers: { "Content-Type": "application/json" } })
      .then(() => { announce("Saved"); again(); }, (error) => tellProblem("archive", error));
  });
  place.querySelector("#report-form")?.replaceChildren(form);
  /** @type {HTMLElement | null} */ (form.querySelector("input, textarea"))?.focus();
}

/** @param {HTMLElement} place @param {any} report @param {() => void} again */
function retractForm(place, report, again) {
  const explained = h("p", { class: "hint" }, report.retracted ? "It becomes evidence again." : "It stays in the archive and is evidence for nothing. Watched articles that rely on it are checked again.");
  changeForm(place, report, again, [explained], report.retracted ? "Restore" : "Retract", () => ({ retracted: !report.retracted }));
}

/** @param {HTMLElement} place @param {any} report @param {() => void} again */
function editForm(place, report, again) {
  const field = (/** @type {string} */ tag, /** @type {string} */ id, /** @type {string} */ value, /** @type {Record<string, string>} */ more = {}) => {
    const made = /** @type {HTMLInputElement} */ (h(tag, { id, dir: "auto", ...more }));
    made.value = value;
    return made;
  };
  const title = field("input", "change-title", report.title, { maxlength: "10000" });
  const published = field("input", "change-date", (report.published_at ?? "").slice(0, 10), { type: "date" });
  const source = field("input", "change-source", report.source ?? "", { maxlength: "500" });
  const text = field("textarea", "change-text", report.text, { rows: "10", required: "" });
  const labelled = (/** @type {string} */ name, /** @type {HTMLElement} */ made) => h("label", { for: made.id }, `${name} `, made);
  changeForm(place, report, again, [labelled("Title", title), labelled("Source", source), labelled("Published", published), labelled("Text", text)], "Save the correction", () => ({
    title: title.value.trim(), source: source.value.trim() || null, text: text.value,
    ...(published.value !== (report.published_at ?? "").slice(0, 10) && { published_at: published.value || null }),
  }));
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
