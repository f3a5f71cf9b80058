/** What an import did, or would do: counts, what is left out and why, samples with their dates. */

import { h } from "./dom.js";
import { counted, day, number } from "./words.js";

/** @typedef {import("./imports.js").Outcome} Outcome */
/** @typedef {import("./imports.js").NotTaken} NotTaken */
/** @typedef {import("./imports.js").Sample} Sample */

/**
 * @param {Outcome} told
 * @param {boolean} isDry
 */
export function outcomeView(told, isDry) {
  return h("div", { class: "outcome" }, counts(told, isDry), undated(told), samples(told.samples, isDry), notTaken(told));
}

/** @param {Outcome} told @param {boolean} isDry */
function counts(told, isDry) {
  const rows = /** @type {[string, number][]} */ ([
    ["new", told.new], ["replaced", told.replaced], ["stored already", told.unchanged], ["retracted", told.retracted],
    ...Object.entries(told.left_out).map(([status, count]) => [`left out: ${status}`, count]),
    ["could not be read", told.refused],
  ]);
  const formats = Object.entries(told.formats).map(([name, count]) => `${number(count)} ${name}`).join(", ");
  return h("div", null,
    h("dl", { class: "counts" }, ...rows.filter(([name, count]) => count || name === "new").map(([name, count]) =>
      h("div", null, h("dt", null, isDry && name === "new" ? "would be new" : name), h("dd", null, number(count))))),
    formats && h("p", { class: "hint" }, `Read as: ${formats}.`));
}

/** @param {Outcome} told */
function undated({ undated: count, undated_first: first }) {
  if (!count) return null;
  const more = count > first.length ? " …" : "";
  return h("details", { class: "more" }, h("summary", null, `${counted(count, "report")} without a date of publication`), h("p", { dir: "auto" }, first.join(", ") + more));
}

/** @param {Sample[]} samples @param {boolean} isDry */
function samples(samples, isDry) {
  if (!samples.length) return null;
  return h("details", { class: "more", open: isDry },
    h("summary", null, `${counted(samples.length, "sample")} with their dates`),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Samples" }, h("table", null,
      h("thead", null, h("tr", null, ...["published", "taken from", "title", "file"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", null, ...samples.map((sample) => h("tr", null,
        h("td", { class: "day" }, day(sample.published_at) || "no date"), h("td", null, sample.date_source ?? "–"),
        h("td", { dir: "auto" }, sample.title), h("td", { dir: "auto" }, placeOf(sample))))))));
}

/** @param {Outcome} told */
function notTaken({ not_taken: count, first_not_taken: first }) {
  if (!count) return null;
  const shown = first.length < count ? `, the first ${first.length}` : "";
  return h("details", { class: "more", open: count <= 12 },
    h("summary", null, `${counted(count, "line")} on what is not taken, or is doubtful${shown}`),
    h("ul", { id: "adding-faults", class: "faults" }, ...first.map((line) =>
      h("li", null, h("span", { class: "outcome-word" }, line.outcome), " ", h("bdi", null, placeOf(line)), ": ", h("bdi", null, line.reason)))));
}

/** @param {{file: string | null, entry: string | null}} at */
const placeOf = ({ file, entry }) => [file, entry].filter(Boolean).join(", ");
