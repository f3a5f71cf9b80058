/** Adds an archive: upload, dry run, import, and what was not taken. One panel; `?import=` in the address finds it again. */

import { announce, byId, fill, h, ROOT } from "./dom.js";
import { download } from "./download.js";
import { cancelImport, createImport, followImport, importReport, stepImport, uploadFiles } from "./imports.js";
import { clearNotice, tellProblem } from "./notices.js";
import { outcomeView } from "./outcome.js";
import { counted, duration, number, size } from "./words.js";

/** @typedef {import("./picked.js").Picked} Picked */
/** @typedef {import("./imports.js").Import} Import */

const DOING = { receiving: "Uploading", checking: "Looking through", importing: "Importing" };

export class Adding {
  /** @param {() => void} onAdded the archive has changed */
  constructor(onAdded) {
    this.onAdded = onAdded;
    this.panel = byId("adding");
    this.form = /** @type {HTMLFormElement} */ (byId("adding-form"));
    this.endings = (this.panel.dataset.endings ?? "").split(" ");
    this.limitBytes = Number(this.panel.dataset.limitBytes);
    this.work = new AbortController();
    this.uploading = false;
    /** @type {Picked} */
    this.picked = { files: [], passedOver: new Map(), unreadable: [] };
    /** @type {string | null} */
    this.id = null;
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.begin(); });
    byId("adding-cancel").addEventListener("click", () => this.close());
    byId("adding-stop").addEventListener("click", () => this.stop());
    addEventListener("beforeunload", (event) => { if (this.uploading) event.preventDefault(); });
  }

  /** @param {Picked} picked shown with what will be asked of it */
  offer(picked) {
    this.halt();
    this.picked = picked;
    this.id = null;
    clearNotice("upload");
    this.show("adding-form");
    const bytes = picked.files.reduce((sum, { file }) => sum + file.size, 0);
    const names = picked.files.slice(0, 3).map(({ path }) => path).join(", ");
    byId("adding-what").textContent = picked.files.length
      ? `${counted(picked.files.length, "file")}, ${size(bytes)}: ${names}${picked.files.length > 3 ? " …" : ""}`
      : "There is no file in it that can be read.";
    byId("adding-passed").textContent = passedLine(picked);
    byId("adding-passed").hidden = passedLine(picked) === "";
    const over = bytes > this.limitBytes;
    byId("adding-over").hidden = !over;
    byId("adding-over").textContent = `This page takes ${size(this.limitBytes)} at a time. Without a limit: factcheck corpus import FOLDER`;
    /** @type {HTMLButtonElement} */ (byId("adding-go")).disabled = over || picked.files.length === 0;
    byId("adding-title").focus();
  }

  /** Upload and dry run; a second press after a fault goes on where it ended. */
  async begin() {
    const value = (/** @type {string} */ id) => /** @type {HTMLInputElement | HTMLSelectElement} */ (byId(id)).value.trim() || null;
    const { signal } = (this.work = new AbortController());
    this.show("adding-work");
    this.tell("Uploading …", 0);
    try {
      this.uploading = true;
      if (this.id === null) {
        const made = await createImport({ source: value("add-source"), published_at: value("add-date"), zone: value("add-zone"), format: value("add-format") });
        this.id = made.id;
        history.replaceState(null, "", `${ROOT}/corpus?import=${made.id}`);
      }
      await this.upload(this.id, signal);
      this.uploading = false;
      await stepImport(this.id, "dry-run");
      await this.follow(this.id);
    } catch (error) {
      if (signal.aborted) return;
      this.show("adding-form");
      tellProblem("upload", error, () => this.begin());
    } finally {
      this.uploading = false;
    }
  }

  /** @param {string} id @param {AbortSignal} signal */
  async upload(id, signal) {
    const { files } = this.picked;
    const all = Math.max(1, files.reduce((sum, { file }) => sum + file.size, 0));
    const began = performance.now();
    await uploadFiles(id, files, (bytes) => {
      const part = Math.min(1, bytes / all);
      const elapsed = (performance.now() - began) / 1000;
      this.tell(`Uploading · ${Math.floor(part * 100)} % of ${size(all)}${left(part, elapsed)}`, part);
    }, signal);
  }

  /** @param {string} id an import of an earlier visit, or this one's */
  async follow(id) {
    const { signal } = (this.work = new AbortController());
    this.id = id;
    this.show("adding-work");
    this.tell("Waiting for the importer …", 0);
    try {
      const at = await followImport(id, (now) => this.tellProgress(now), signal);
      if (!signal.aborted) this.tellOutcome(at);
    } catch (error) {
      if (!signal.aborted) tellProblem("upload", error, () => this.follow(id));
    }
  }

  /** @param {Import} at */
  tellProgress({ status, progress }) {
    const doing = DOING[/** @type {keyof typeof DOING} */ (status)];
    if (!doing) return;
    if (!progress) return this.tell(`${doing} …`, 0);
    const { bytes_done: done, bytes_total: total, documents, elapsed_s: elapsed } = progress;
    const part = total ? Math.min(1, done / total) : 0;
    const rate = elapsed > 1 ? ` · ${number(Math.round(documents / elapsed))}/s` : "";
    this.tell(`${doing} · ${Math.floor(part * 100)} % · ${counted(documents, "report")}${rate}${left(part, elapsed)}`, part);
  }

  /** @param {Import} at over, or waiting for a decision */
  tellOutcome(at) {
    this.show("adding-outcome");
    const told = at.result ?? at.dry_run;
    const fresh = told ? told.new + told.replaced + told.retracted : 0;
    const headings = { ready: "Nothing is stored yet", finished: "Imported", failed: "The import failed", cancelled: "Stopped", receiving: "The upload was broken off" };
    const heading = headings[/** @type {keyof typeof headings} */ (at.status)] ?? at.status;
    byId("adding-title").textContent = heading;
    const word = told?.new === fresh || !told ? "Import" : "Import and replace";
    fill(byId("adding-outcome"),
      at.error && h("p", { class: "warning" }, `${at.error}. What was stored before stays.`),
      at.status === "receiving" && h("p", null, "Drop the same files again: nothing is stored twice."),
      at.status === "cancelled" && h("p", null, "Reports that were stored before stay."),
      told && outcomeView(told, at.status === "ready"),
      h("p", { class: "row" },
        at.status === "ready" && fresh > 0 && h("button", { type: "button", class: "button primary", id: "adding-import", onclick: () => this.store(at.id) }, `${word} ${counted(fresh, "report")}`),
        told && told.not_taken > 0 && h("button", { type: "button", class: "button", id: "adding-report", onclick: () => this.save(at.id) }, "Download what was not taken"),
        h("button", { type: "button", class: "button quiet", id: "adding-close", onclick: () => (at.status === "ready" ? this.stop() : this.close()) }, at.status === "ready" ? "Cancel" : "Close")));
    byId("adding-title").focus();
    announce(heading);
    if (at.status === "finished") this.onAdded();
  }

  /** @param {string} id */
  async store(id) {
    try {
      await stepImport(id, "start");
      await this.follow(id);
    } catch (error) {
      tellProblem("upload", error, () => this.store(id));
    }
  }

  /** @param {string} id */
  async save(id) {
    try {
      download(await importReport(id), `not-taken-${id.slice(0, 8)}.jsonl`);
    } catch (error) {
      tellProblem("upload", error, () => this.save(id));
    }
  }

  /** Ends the import; what is stored stays. */
  async stop() {
    const { id } = this;
    this.halt();
    try {
      if (id !== null) await cancelImport(id);
      this.close();
      this.onAdded(); // an import that is stopped has stored a part
    } catch (error) {
      tellProblem("upload", error, () => this.stop());
    }
  }

  halt() {
    this.work.abort();
    this.uploading = false;
  }

  close() {
    this.halt();
    this.panel.hidden = true;
    clearNotice("upload");
    if (new URLSearchParams(location.search).has("import")) history.replaceState(null, "", `${ROOT}/corpus`);
  }

  /** @param {"adding-form" | "adding-work" | "adding-outcome"} part */
  show(part) {
    this.panel.hidden = false;
    byId("adding-title").textContent = "Add reports";
    for (const id of ["adding-form", "adding-work", "adding-outcome"]) byId(id).hidden = id !== part;
  }

  /** @param {string} line @param {number} part */
  tell(line, part) {
    byId("adding-line").textContent = line;
    /** @type {HTMLProgressElement} */ (byId("adding-progress")).value = part;
  }
}

/** @param {number} part @param {number} elapsed in seconds */
const left = (part, elapsed) => (part > 0.01 && part < 1 && elapsed > 2 ? ` · ${duration(elapsed / part - elapsed)} left` : "");

/** @param {Picked} picked */
function passedLine({ passedOver, unreadable }) {
  const kinds = [...passedOver].sort(([, a], [, b]) => b - a);
  const all = kinds.reduce((sum, [, count]) => sum + count, 0);
  const told = kinds.slice(0, 4).map(([ending, count]) => `${ending} ${number(count)}`).join(", ");
  const lines = [];
  if (all) lines.push(`${counted(all, "file")} of other kinds will not be sent: ${told}${kinds.length > 4 ? " …" : ""}.`);
  if (unreadable.length) lines.push(`Your browser cannot read ${unreadable.slice(0, 3).join(", ")}${unreadable.length > 3 ? ` and ${unreadable.length - 3} more` : ""}.`);
  return lines.join(" ");
}
