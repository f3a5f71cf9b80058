/** The column of cards in text order. Inserting a card does not move the cards above it. */

import { buildCard, LOUD } from "./card.js";
import { calm } from "./dom.js";
import { stateOf } from "./decisions.js";

/** @typedef {import("./card.js").Verdict} Verdict */
/** @typedef {{verdict: Verdict, open: boolean, node: HTMLElement}} Entry */

/** @param {Verdict} verdict title before text, then by place, the longer one first */
const rank = ({ span }) => [span.field === "title" ? 0 : 1, span.start, -span.end];

/** @param {Verdict} a @param {Verdict} b */
export function inTextOrder(a, b) {
  const [one, other] = [rank(a), rank(b)];
  const differing = one.findIndex((value, i) => value !== other[i]);
  return differing < 0 ? 0 : one[differing] - other[differing];
}

export class Cards {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} panel what scrolls
   * @param {import("./card.js").Actions} actions
   */
  constructor(list, panel, actions) {
    this.list = list;
    this.panel = panel;
    this.actions = actions;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** @type {Entry[]} in the order of the text */
    this.sorted = [];
    /** @type {string | null} */
    this.chosen = null;
  }

  /**
   * @param {import("./draft.js").Draft} draft
   * @param {string} checkId
   */
  show(draft, checkId) {
    this.draft = draft;
    this.checkId = checkId;
    this.entries.clear();
    this.sorted = [];
    this.chosen = null;
    this.list.replaceChildren();
  }

  /** @param {Verdict[]} verdicts new or changed ones */
  put(verdicts) {
    for (const verdict of verdicts) {
      const known = this.entries.get(verdict.id);
      if (known) this.rebuild({ ...known, verdict });
      else this.insert(verdict);
    }
  }

  /** @param {Verdict} verdict */
  insert(verdict) {
    const open = LOUD.has(verdict.label) && stateOf(verdict) === "";
    const entry = { verdict, open, node: this.build(verdict, open) };
    let at = this.sorted.length;
    while (at > 0 && inTextOrder(verdict, this.sorted[at - 1].verdict) < 0) at -= 1;
    this.list.insertBefore(entry.node, this.sorted[at]?.node ?? null);
    this.sorted.splice(at, 0, entry);
    this.entries.set(verdict.id, entry);
  }

  /** @param {string} key */
  remove(key) {
    this.entries.get(key)?.node.remove();
    this.entries.delete(key);
    this.sorted = this.sorted.filter((entry) => entry.verdict.id !== key);
  }

  /** @param {string} key */
  refresh(key) {
    const entry = this.entries.get(key);
    if (entry) this.rebuild(entry);
  }

  /** @param {string} key @param {boolean} open */
  fold(key, open) {
    const entry = this.entries.get(key);
    if (entry && entry.open !== open) this.rebuild({ ...entry, open });
  }

  /** @param {Entry} entry */
  rebuild(entry) {
    const old = entry.node;
    const focused = old.contains(document.activeElement);
    const fresh = { ...entry, node: this.build(entry.verdict, entry.open) };
    this.entries.set(entry.verdict.id, fresh);
    this.sorted[this.sorted.findIndex((e) => e.verdict.id === entry.verdict.id)] = fresh;
    old.replaceWith(fresh.node);
    if (focused) fresh.node.querySelector("button")?.focus({ preventScroll: true });
  }

  /**
   * @param {Verdict} verdict
   * @param {boolean} open
   */
  build(verdict, open) {
    const { draft, checkId } = this;
    if (!draft) throw new Error("no draft is shown");
    const node = buildCard(verdict, { draft, checkId: checkId ?? "", open }, this.actions);
    if (this.chosen === verdict.id) node.classList.add("chosen");
    return node;
  }

  /** @param {string | null} key */
  choose(key) {
    this.list.querySelector("li.chosen")?.classList.remove("chosen");
    this.chosen = key;
    if (key !== null) this.entries.get(key)?.node.classList.add("chosen");
  }

  /**
   * Brings a card up beside its claim.
   * @param {string} key
   * @param {number} y where in the window its top should be, if the panel can scroll so far
   */
  bring(key, y) {
    const node = this.entries.get(key)?.node;
    if (!node) return;
    const frame = this.panel.getBoundingClientRect();
    const behavior = calm() ? "auto" : "smooth";
    if (getComputedStyle(this.panel).overflowY === "visible") return node.scrollIntoView({ block: "center", behavior });
    const box = node.getBoundingClientRect();
    const wanted = Math.min(Math.max(y, frame.top + 8), Math.max(frame.top + 8, frame.bottom - box.height - 8));
    this.panel.scrollBy({ top: box.top - wanted, behavior });
  }
}
