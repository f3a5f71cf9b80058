/** Cards for internal conflicts: places of the draft that contradict each other. */

import { contrast, inContext } from "./contrast.js";
import { h } from "./dom.js";
import { LABELS } from "./words.js";

/** @typedef {{span: import("./draft.js").Span, text: string}} Side */
/** @typedef {{kind: string, a: Side, b: Side | null, message: string, suggestions: import("./card.js").Suggestion[]}} InternalConflict */

/** @param {number} n */
export const insideKey = (n) => `inside-${n}`;

/**
 * @param {InternalConflict} conflict
 * @param {string} key
 * @param {import("./draft.js").Draft} draft
 * @param {import("./card.js").Actions} actions
 */
export function insideCard(conflict, key, draft, actions) {
  const mended = draft.isChanged(key);
  const around = (/** @type {Side} */ { span }) => inContext(draft.original(span.field), span.utf16.start, span.utf16.end);
  return h("li", { class: `card open is-inside${mended ? " mended" : ""}`, "data-key": key },
    h("h3", null, h("button", { type: "button", class: "card-head", onclick: () => actions.pick(key) },
      h("span", { class: "label" }, h("span", { class: "shape", "aria-hidden": "true" }, LABELS.inside.shape), ` ${LABELS.inside.word}`),
      h("span", { class: "kind" }, conflict.kind), mended && h("span", { class: "state" }, "corrected"))),
    h("div", { class: "card-body" },
      conflict.b && contrast(around(conflict.a), around(conflict.b), { inside: true }),
      h("p", { class: "message", dir: "auto" }, conflict.message),
      (mended || conflict.suggestions.length > 0) && h("div", { class: "tools" }, ...(mended
        ? [h("button", { type: "button", class: "button", "data-act": "undo", onclick: () => actions.undo(key) }, "Undo")]
        : conflict.suggestions.slice(0, 3).map((suggestion, n) =>
          h("button", { type: "button", class: "button apply", "data-act": "apply", onclick: () => actions.apply(key, n) }, "Write ", h("q", { dir: "auto" }, suggestion.replacement)))))));
}
