/** The form for a new check: paste or drop a draft, set its dateline, submit it. */

import { byId } from "./dom.js";
import { clearNotice, tellProblem } from "./notices.js";
import { readArticle } from "./reading/files.js";
import { counted, today } from "./words.js";

/** @typedef {import("./draft.js").Article} Article */

const PLACE = "factcheck.desk";
/** JSON pointer → form field. */
const FIELDS = { "/article/title": "headline", "/article/text": "text", "/article/published_at": "published" };

export class Desk {
  /** @param {(article: Article) => void} onCheck */
  constructor(onCheck) {
    this.form = /** @type {HTMLFormElement} */ (byId("desk"));
    this.headline = /** @type {HTMLTextAreaElement} */ (byId("headline"));
    this.text = /** @type {HTMLTextAreaElement} */ (byId("text"));
    this.published = /** @type {HTMLInputElement} */ (byId("published"));
    /** @type {Partial<Article>} what no field shows */
    this.rest = {};
    this.onCheck = onCheck;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.submit(); }
      else if (event.key === "Enter" && event.target === this.headline) { event.preventDefault(); this.text.focus(); }
    });
    const file = /** @type {HTMLInputElement} */ (byId("file"));
    file.addEventListener("change", () => { this.read([...(file.files ?? [])]); file.value = ""; });
  }

  submit() {
    this.clearFaults();
    if (this.text.value.trim() === "") return this.fault("text", "There is no text to check yet.");
    if (this.published.validity.badInput) return this.fault("published", "This is not a date.");
    clearTimeout(this.saving);
    this.save();
    this.onCheck(this.article());
  }

  /** @returns {Article} */
  article() {
    const title = this.headline.value.replace(/\s*\n\s*/g, " ").trim();
    return { ...this.rest, text: this.text.value, title: title || null, published_at: this.published.value || null };
  }

  /** @param {Article} article */
  fill(article) {
    const { text, title, published_at: published, ...rest } = article;
    this.rest = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined));
    this.text.value = text;
    this.headline.value = title ?? "";
    this.published.value = (published ?? "").slice(0, 10);
    this.changed();
  }

  /** What was on the desk of this tab, else an empty one with today's date. */
  recall() {
    try {
      this.fill(JSON.parse(sessionStorage.getItem(PLACE) ?? ""));
    } catch {
      this.fill({ text: "", title: null, published_at: today() });
    }
  }

  changed() {
    const words = this.text.value.trim() === "" ? 0 : this.text.value.trim().split(/\s+/).length;
    byId("count").textContent = words ? counted(words, "word") : "";
    const format = byId("format");
    format.hidden = !this.rest.format || this.rest.format === "text";
    format.textContent = this.rest.format === "markdown" ? "Markdown" : this.rest.format === "html" ? "HTML" : "";
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.save(), 400);
  }

  save() {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(this.article()));
    } catch { /* too long for the browser's store: then a reload loses it */ }
  }

  /** @param {File[]} files of which the first is read */
  async read(files) {
    clearNotice("file");
    try {
      const { article, dated_by: datedBy, notes } = await readArticle(files[0]);
      const given = this.published.value || today();
      this.fill({ ...article, published_at: article.published_at || given });
      const named = datedBy ? `as the file says (${datedBy})` : `not from the file, which names no date`;
      byId("published-why").textContent = [named, ...notes].join("; ");
      this.text.focus();
      this.text.setSelectionRange(0, 0);
      this.text.scrollTop = 0;
    } catch (error) {
      tellProblem("file", error);
    }
  }

  /**
   * Puts each fault beside its field; what belongs to none stays for the caller.
   * @param {import("./api.js").Fault[]} faults
   */
  place(faults) {
    return faults.filter(({ pointer, detail }) => {
      const field = FIELDS[/** @type {keyof typeof FIELDS} */ (pointer)];
      if (field) this.fault(field, detail);
      return !field;
    });
  }

  /** @param {string} field @param {string} words */
  fault(field, words) {
    const line = byId(`${field}-fault`);
    line.textContent = words;
    line.hidden = false;
    byId(field).setAttribute("aria-invalid", "true");
    byId(field).focus();
  }

  clearFaults() {
    for (const field of Object.values(FIELDS)) {
      byId(`${field}-fault`).hidden = true;
      byId(field).removeAttribute("aria-invalid");
    }
  }

  /** @param {boolean} on */
  busy(on) {
    /** @type {HTMLButtonElement} */ (byId("check")).disabled = on;
    this.form.setAttribute("aria-busy", String(on));
  }
}
