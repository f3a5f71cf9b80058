/** The page of rechecks: kept articles checked again, and the verdicts that flipped. */

import { byId, h, ROOT } from "./dom.js";
import { passage } from "./evidence.js";
import { Jobs } from "./jobs.js";
import { counted, day, LABELS, number } from "./words.js";

/** @typedef {import("./words.js").Label} Label */
/** @typedef {{label: Label, message: string, conflicts: import("./evidence.js").Conflict[], evidence: import("./evidence.js").Evidence[]}} Side */
/** @typedef {{article: {id: string, title: string | null, url: string | null}, check_id: string, claim_id: string, text: string, before: Side | null, after: Side | null, decision: {decision: string, by: string, comment: string | null} | null}} Flip */

const SHOWN_PASSAGES = 2;

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

function selection() {
  const which = field("which").value;
  return {
    ...(which && { outdated: which.split(" ") }),
    ...(field("first").value && { from: field("first").value }),
    ...(field("last").value && { to: field("last").value }),
    later_reports: field("later").checked,
    update: !field("trial").checked,
  };
}

/** @param {import("./jobs.js").Job} job */
function about({ selection: asked }) {
  const days = [asked.from && `from ${day(asked.from)}`, asked.to && `to ${day(asked.to)}`].filter(Boolean).join(" ");
  const which = asked.articles ? counted(asked.articles.length, "article") : "all articles";
  const why = asked.outdated.map((/** @type {string} */ reason) => WHY[reason]).join(" or ");
  return [`${which}${why && ` ${why}`}`, days, asked.update ? "" : "trial"].filter(Boolean).join(", ");
}

const WHY = /** @type {Record<string, string>} */ ({ reader: "read by older software", corpus: "from before the archive changed" });

/** @param {Record<string, number>} found */
function told(found) {
  const flips = Object.values(found).reduce((sum, n) => sum + n, 0);
  const errors = ["contradicted", "disputed"].filter((label) => found[label]).map((label) => `${number(found[label])} ${label} now`);
  return flips ? [`${counted(flips, "verdict")} flipped`, ...errors].join(", ") : "";
}

/** @param {Flip[]} flips */
function add(flips) {
  for (const flip of flips) {
    const last = byId("found").lastElementChild;
    const group = last instanceof HTMLElement && last.dataset.check === flip.check_id ? last : newGroup(flip);
    group.querySelector("ol")?.append(entry(flip));
  }
}

/** @param {Flip} flip */
function newGroup({ article, check_id: id }) {
  const group = h("li", { class: "group", "data-check": id },
    h("h3", null, h("a", { href: `${ROOT}/checks/${id}`, dir: "auto" }, article.title || article.url || "Without a headline")), h("ol", null));
  byId("found").append(group);
  return group;
}

/** @param {Flip} flip */
function entry(flip) {
  const side = /** @type {Side} */ (flip.after ?? flip.before);
  const telling = flip.after ? side.evidence.filter((e) => e.stance !== "neutral").slice(0, SHOWN_PASSAGES) : [];
  const isDismissed = flip.decision?.decision === "dismissed";
  const content = [
    h("p", { class: "claim-text", dir: "auto" }, flip.text),
    flip.after && side.message && h("p", { class: "hint", dir: "auto" }, side.message),
    ...telling.map((e) => passage(e, side.conflicts, flip.check_id)),
  ];
  return h("li", { class: `flip is-${side.label}${isDismissed ? " dismissed" : ""}` },
    h("p", { class: "change-line" }, word(flip.before, "new claim"), h("span", { "aria-label": "is now" }, " → "), word(flip.after, "no longer found"), decided(flip)),
    ...(isDismissed ? [h("details", { class: "more" }, h("summary", null, "Show the claim"), ...content)] : content));
}

/** @param {Side | null} side @param {string} otherwise */
function word(side, otherwise) {
  if (!side) return h("span", { class: "hint" }, otherwise);
  const { shape, word: name } = LABELS[side.label];
  return h("span", { class: `label is-${side.label}` }, h("span", { class: "shape", "aria-hidden": "true" }, shape), ` ${name}`);
}

/** @param {Flip} flip */
function decided({ decision }) {
  if (!decision || decision.decision === "open") return null;
  const why = decision.comment ? `: ${decision.comment}` : "";
  return h("span", { class: "state", dir: "auto" }, `${decision.decision} by ${decision.by}${why}`);
}

field("only-errors").addEventListener("change", () => byId("found").classList.toggle("only-errors", field("only-errors").checked));
new Jobs({ path: "/v1/rechecks", page: "/rechecks", noun: "article", none: "No verdict flipped.", selection, told, about, add }).open();
