/** The archive read against itself: reports that disagree, with both sides. */

import { post } from "./api.js";
import { decisionLine, dismissButton, reopenButton } from "./decisions.js";
import { announce, byId, h } from "./dom.js";
import { reportAddress } from "./evidence.js";
import { Jobs } from "./jobs.js";
import { tellProblem } from "./notices.js";
import { counted, day } from "./words.js";

/** @typedef {import("./draft.js").Span} Span */
/** @typedef {{document: import("./evidence.js").Ref, span: Span, text: string, words: {span: Span, text: string}[]}} Side */
/** @typedef {{id: string | null, earlier: Side, later: Side, order: "known" | "same_day" | "unknown", label: string, kinds: string[], state: string, decision?: import("./decisions.js").Decision}} Pair */

const REASONS = ["They speak of two things", "Right at its time", "No need to correct it"];

const STATES = /** @type {Record<string, string>} */ ({
  open: "never corrected", dismissed: "dismissed", corrected: "a report corrects it", changed: "changed since", retracted: "retracted since", removed: "removed since",
});

/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (byId(id));

function selection() {
  const source = field("source").value.trim();
  return {
    ...(source && { sources: [source] }),
    ...(field("first").value && { from: field("first").value }),
    ...(field("last").value && { to: field("last").value }),
  };
}

/** @param {import("./jobs.js").Job} job */
function about({ selection: asked }) {
  const which = asked.documents.length ? counted(asked.documents.length, "report") : asked.sources.length ? asked.sources.join(", ") : "all reports";
  return [which, asked.from && `from ${day(asked.from)}`, asked.to && `to ${day(asked.to)}`].filter(Boolean).join(" ");
}

/** @param {Record<string, number>} found */
function told(found) {
  const pairs = Object.values(found).reduce((sum, n) => sum + n, 0);
  return pairs ? `${counted(pairs, "pair")} found` : "";
}

/** @param {Pair[]} pairs */
function add(pairs) {
  byId("found").append(...pairs.map(entry));
}

/** @param {Pair} pair */
function entry(pair) {
  const kinds = [...new Set(pair.kinds)].join(", ") || "wording";
  const isOrdered = pair.order === "known";
  const state = pair.state === "open" && !isOrdered ? "not settled" : STATES[pair.state] ?? pair.state;
  const names = isOrdered ? ["The older report", "The newer report"] : ["One report", "Another report"];
  const both = h("div", { class: "two-sides" }, side(names[0], pair.earlier), side(names[1], pair.later));
  const isDismissed = pair.state === "dismissed";
  return h("li", { class: isOrdered ? "pair ordered" : "pair", "data-state": pair.state },
    h("p", { class: "change-line" }, h("span", { class: "kind" }, kinds), h("span", { class: pair.state === "open" ? "open" : "hint" }, state),
      pair.label === "disputed" && h("span", { class: "hint" }, "other reports agree with the first"),
      pair.order === "same_day" && h("span", { class: "hint" }, "of the same day")),
    isDismissed ? h("details", { class: "more" }, h("summary", null, `“${pair.earlier.text}”`), both) : both,
    pair.decision && decisionLine({ label: pair.label, decision: pair.decision }),
    tools(pair));
}

/** @param {Pair} pair */
function tools(pair) {
  const { id } = pair;
  if (id === null || !["open", "dismissed"].includes(pair.state)) return null;
  const decide = async (/** @type {string} */ key, /** @type {import("./decisions.js").Wish} */ wish) => {
    try {
      const job = byId("job").dataset.job;
      const decided = await post(`/v1/corpus-audits/${job}/findings/${key}/decisions`, { ...wish, seen: pair.decision?.seen ?? 0 });
      const node = entry(decided);
      row.closest("li")?.replaceWith(node);
      node.querySelector("button")?.focus({ preventScroll: true });
      announce(wish.decision === "open" ? "Open again" : "Dismissed");
    } catch (error) {
      tellProblem("decision", error);
    }
  };
  const row = h("div", { class: "tools" }, pair.state === "dismissed" ? reopenButton(id, { decide }) : dismissButton(id, { decide }, REASONS));
  return row;
}

/** @param {string} name @param {Side} said */
function side(name, { document: ref, span, text, words }) {
  return h("figure", { class: "passage" },
    h("h3", null, name),
    h("figcaption", null,
      h("a", { href: reportAddress(ref.id, span), class: "source", dir: "auto" }, ref.source || ref.title || ref.id), " ",
      h("time", { datetime: ref.published_at }, day(ref.published_at) || "no date"),
      ref.title && ref.source && h("span", { class: "headline", dir: "auto" }, ref.title)),
    text ? h("blockquote", { dir: "auto" }, ...marked(text, span, words)) : h("p", { class: "hint" }, "The archive does not hold this report any more."));
}

/** @param {string} text @param {Span} span @param {{span: Span, text: string}[]} words @returns {(Node | string)[]} */
function marked(text, span, words) {
  const parts = [];
  let at = 0;
  const places = words.map(({ span: { utf16 } }) => [utf16.start - span.utf16.start, utf16.end - span.utf16.start]).sort((a, b) => a[0] - b[0]);
  for (const [start, end] of places) {
    if (start < at || end > text.length) continue;
    parts.push(text.slice(at, start), h("em", null, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

field("only-open").addEventListener("change", () => byId("found").classList.toggle("only-open", field("only-open").checked));
new Jobs({ path: "/v1/corpus-audits", page: "/disagreements", noun: "report", none: "No report contradicts another one.", selection, told, about, add, sort: "likely" }).open();
