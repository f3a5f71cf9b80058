/** The report of a check: draft, marks and cards, updated as verdicts arrive. */

import { Cards, inTextOrder } from "./cards.js";
import { Problem, checkPath, json } from "./api.js";
import { decide, openLine, reasonOf, stateOf } from "./decisions.js";
import { announce, byId, calm } from "./dom.js";
import { Draft } from "./draft.js";
import { insideCard, insideKey } from "./inside.js";
import { notice, tellProblem } from "./notices.js";
import { Sheet } from "./sheet.js";
import { Strip } from "./strip.js";

/** @typedef {import("./card.js").Verdict} Verdict */

const A_FRAME = 24; // verdicts that a slow machine shows within a frame

export class Review {
  /** @param {{changed: () => void}} listener told when the text of the draft has changed */
  constructor(listener) {
    this.listener = listener;
    /** @type {import("./card.js").Actions} */
    this.actions = {
      pick: (key) => this.toggle(key),
      apply: (key, n) => this.apply(key, n),
      undo: (key) => this.undo(key),
      decide: (key, wish) => this.decide(key, wish).catch((error) => tellProblem("decision", error)),
    };
    this.sheet = new Sheet(byId("sheet-text"), (key) => this.choose(key, "text"));
    this.cards = new Cards(byId("cards"), byId("panel"), this.actions);
    this.strip = new Strip({ glance: byId("glance"), filters: byId("filters"), standing: byId("standing"), review: byId("review") },
      () => this.filtered());
    this.draft = new Draft({ text: "", title: null, published_at: null });
    this.total = 0; // claims
    /** @type {Map<string, Verdict>} */
    this.verdicts = new Map();
    /** @type {Map<string, Verdict>} come in since the last frame */
    this.waiting = new Map();
    /** @type {import("./inside.js").InternalConflict[]} */
    this.inside = [];
    /** @type {string | null} */
    this.chosen = null;
  }

  /**
   * @param {Draft} draft
   * @param {string} checkId
   */
  show(draft, checkId) {
    this.draft = draft;
    this.checkId = checkId;
    this.total = 0;
    this.verdicts.clear();
    this.waiting.clear();
    this.chosen = null;
    this.endPeek();
    this.sheet.show(draft);
    this.cards.show(draft, checkId);
    this.showInside([]);
    this.strip.clear();
    this.count();
  }

  /** @param {Verdict} verdict shown with the next frame, together with all others that have come by then */
  take(verdict) {
    if (this.waiting.size === 0) requestAnimationFrame(() => this.flush());
    this.waiting.set(verdict.id, verdict);
  }

  flush() {
    const fresh = this.nextFew();
    for (const verdict of fresh) {
      this.verdicts.set(verdict.id, verdict);
      this.mark(verdict);
    }
    this.sheet.flush();
    this.cards.put(fresh.sort(inTextOrder));
    this.count();
  }

  /** Verdicts for this frame; where many have come at once the others wait for the next one, so that nothing stutters. */
  nextFew() {
    const fresh = [];
    for (const [key, verdict] of this.waiting) {
      if (fresh.length === A_FRAME) break;
      this.waiting.delete(key);
      if (JSON.stringify(verdict) !== JSON.stringify(this.verdicts.get(key))) fresh.push(verdict);
    }
    if (this.waiting.size) requestAnimationFrame(() => this.flush());
    return fresh;
  }

  /** @param {{claims: Verdict[], internal_conflicts: import("./inside.js").InternalConflict[]}} report the last word */
  settle(report) {
    const known = new Set(report.claims.map((v) => v.id));
    for (const key of [...this.verdicts.keys()].filter((k) => !known.has(k))) {
      this.verdicts.delete(key);
      this.sheet.remove(key);
      this.cards.remove(key);
    }
    report.claims.forEach((verdict) => this.waiting.set(verdict.id, verdict));
    this.total = report.claims.length;
    this.showInside(report.internal_conflicts);
    this.flush();
  }

  /** @param {Verdict} verdict */
  mark(verdict) {
    const { field, utf16 } = verdict.span;
    const odd = verdict.conflicts.map((c) => c.claim.span).filter((span) => span.field === field).map((span) => span.utf16);
    this.sheet.set({ key: verdict.id, label: verdict.label, field, ...utf16, odd });
    this.sheet.setState(verdict.id, this.stateOf(verdict.id));
  }

  /** @param {import("./inside.js").InternalConflict[]} conflicts */
  showInside(conflicts) {
    this.inside = conflicts;
    conflicts.forEach((conflict, n) => {
      [conflict.a, conflict.b].forEach((side, i) => {
        if (side) this.sheet.set({ key: i ? `${insideKey(n)}b` : insideKey(n), label: "inside", field: side.span.field, ...side.span.utf16, odd: [] });
      });
    });
    byId("inside").hidden = conflicts.length === 0;
    byId("inside-cards").replaceChildren(...conflicts.map((c, n) => insideCard(c, insideKey(n), this.draft, this.actions)));
  }

  count() {
    const inOrder = [...this.verdicts.values()].sort(inTextOrder);
    byId("open-count").textContent = openLine(inOrder, ({ id }) => this.stateOf(id) !== "");
    this.strip.count(inOrder.map((v) => v.label), this.inside.length, this.total);
  }

  /** @param {string} key @returns {string} */
  stateOf(key) {
    if (this.draft.isChanged(key)) return "mended";
    const verdict = this.verdicts.get(key);
    return verdict ? stateOf(verdict) : "";
  }

  /** Keys of what is shown, in the order of the text. */
  keys() {
    const shown = this.cards.sorted.map((e) => e.verdict).filter((v) => this.strip.shows(v.label)).map((v) => v.id);
    return this.strip.shows("inside") ? [...shown, ...this.inside.map((_, n) => insideKey(n))] : shown;
  }

  /** @param {number} step 1 for the next claim, -1 for the one before */
  jump(step) {
    const keys = this.keys();
    if (keys.length === 0) return;
    const at = this.chosen === null ? -1 : keys.indexOf(this.chosen);
    const next = at < 0 ? (step > 0 ? 0 : keys.length - 1) : Math.min(Math.max(at + step, 0), keys.length - 1);
    this.choose(keys[next], "jump");
    this.cardNode(keys[next])?.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {string} key a card's head was pressed: open it, or fold it */
  toggle(key) {
    if (this.peeks()) return this.endPeek();
    const entry = this.cards.entries.get(key);
    if (entry) this.cards.fold(key, this.chosen === key ? !entry.open : true);
    this.choose(key, "card");
  }

  /** True where the chosen card lies over the foot of a small screen, below its claim. */
  peeks() {
    return byId("review").classList.contains("peek") && matchMedia("(width < 62rem)").matches;
  }

  endPeek() {
    byId("review").classList.remove("peek");
  }

  /**
   * @param {string} rawKey
   * @param {"text" | "card" | "jump"} from where it was chosen: the other side moves
   */
  choose(rawKey, from) {
    const key = rawKey.replace(/^(inside-\d+)b$/, "$1");
    this.chosen = key;
    byId("review").classList.toggle("peek", from !== "card");
    this.sheet.choose(key);
    this.cards.choose(key);
    byId("inside-cards").querySelectorAll("li").forEach((node) => node.classList.toggle("chosen", node.dataset.key === key));
    if (from !== "card") this.cards.fold(key, true);
    const mark = this.sheet.find(key);
    const peeks = this.peeks();
    if (from !== "text" || peeks) mark?.scrollIntoView({ block: peeks ? "start" : from === "jump" ? "center" : "nearest", behavior: calm() ? "auto" : "smooth" });
    if (from === "card" || peeks) return;
    const y = mark?.getBoundingClientRect().top ?? 0;
    if (this.cards.entries.has(key)) this.cards.bring(key, from === "jump" ? innerHeight / 3 : y - 24);
    else this.cardNode(key)?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string | null} key @returns {HTMLElement | null} */
  cardNode(key) {
    return key === null ? null : byId("panel").querySelector(`li[data-key="${CSS.escape(key)}"]`);
  }

  /** @param {string} key @param {number} n which of its suggestions */
  apply(key, n) {
    const suggestions = this.verdicts.get(key)?.suggestions ?? this.inside[Number(key.slice(7))]?.suggestions;
    const suggestion = suggestions?.[n];
    if (!suggestion) return;
    const done = this.draft.apply(key, suggestion.span, suggestion.replacement);
    announce(done ? `Written: ${suggestion.replacement}` : "These words were changed already; undo that first.");
    if (done) this.textChanged(key);
  }

  /** @param {string} [key] whose change; without it the last one of all */
  undo(key = this.draft.changes.at(-1)?.key) {
    const change = this.draft.changes.find((c) => c.key === key);
    if (!key || !change) return;
    this.draft.undo(key);
    announce(`Undone: ${change.words}`);
    this.sheet.touchRange(change.field, change.start, change.end);
    this.textChanged(key);
  }

  /** @param {string} key */
  textChanged(key) {
    this.sheet.setState(key, this.stateOf(key));
    this.sheet.touch(key);
    this.sheet.flush();
    this.cards.refresh(key);
    if (key.startsWith("inside-")) this.showInside(this.inside);
    this.sheet.flush();
    this.count();
    this.listener.changed();
  }

  /** @param {string} key @param {import("./decisions.js").Wish} wish */
  async decide(key, wish) {
    const verdict = this.verdicts.get(key);
    if (!verdict) return;
    try {
      const { claim, is_newest: isNewest } = await decide(this.checkId, verdict, wish);
      this.decided(claim);
      announce(wish.decision ? { dismissed: "Dismissed", confirmed: "Confirmed", open: "Open again" }[wish.decision] ?? "Saved" : "Saved");
      if (!isNewest) notice("decision", "This is an older version.", "The article was checked again since; your decision holds there too if the claim is still in it.");
    } catch (error) {
      if (!(error instanceof Problem && error.status === 409)) throw error;
      notice("decision", error.title, `${error.message}.`);
      const { report } = await json(checkPath(this.checkId));
      report?.claims.forEach((/** @type {Verdict} */ claim) => this.decided(claim));
    }
  }

  /** @param {Verdict} verdict as the service has it now */
  decided(verdict) {
    const before = this.verdicts.get(verdict.id);
    if (!before || before.decision?.seen === verdict.decision?.seen) return;
    this.verdicts.set(verdict.id, verdict);
    this.cards.put([verdict]);
    this.restate(verdict.id, reasonOf(verdict) === null);
    this.count();
    this.cardNode(verdict.id)?.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {string} key @param {boolean} open */
  restate(key, open) {
    this.sheet.setState(key, this.stateOf(key));
    this.sheet.flush();
    this.cards.fold(key, open);
    this.cards.refresh(key);
  }

  filtered() {
    if (this.chosen !== null && !this.keys().includes(this.chosen)) {
      this.chosen = null;
      this.sheet.choose(null);
      this.cards.choose(null);
    }
  }
}
