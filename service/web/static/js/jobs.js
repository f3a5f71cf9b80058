/** A bulk job on a page: start, progress, pause, resume, cancel, what it finds, and earlier jobs. */

import { json, post } from "./api.js";
import { announce, byId, fill, h, ROOT } from "./dom.js";
import { clearNotice, tellProblem } from "./notices.js";
import { counted, number } from "./words.js";

/** @typedef {{total: number, done: number, skipped: number, failed: number, in_flight: number}} Progress */
/** @typedef {{id: string, status: "running" | "paused" | "finished" | "cancelled", selection: any, created_at: string, started_by: string, progress: Progress, found: Record<string, number>}} Job */
/**
 * @typedef {object} Kind
 * @property {string} path of the jobs in the API
 * @property {string} page path of the page
 * @property {string} noun what is checked, in the singular
 * @property {string} none what to say where a finished job has found nothing
 * @property {() => Record<string, unknown>} selection of the form
 * @property {(found: Record<string, number>) => string} told the numbers of what was found
 * @property {(job: Job) => string} about what the job was asked
 * @property {(items: any[]) => void} add shows what was found
 * @property {string} [sort] where the list is not in the order in which things were found
 */

const PAGE = 50;
const POLL_MS = 700;
const TIME = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const VERBS = /** @type {Record<string, [string, string][]>} */ ({
  running: [["pause", "Pause"], ["cancel", "Cancel"]],
  paused: [["resume", "Go on"], ["cancel", "Cancel"]],
});

/** The jobs of one kind on their page. */
export class Jobs {
  /** @param {Kind} kind */
  constructor(kind) {
    this.kind = kind;
    this.turn = 0; // of two jobs, the answers for the newer one count
    this.cursor = "";
    this.shown = 0; // entries behind the cursor that are on the page already
    this.isFull = false; // more is shown on request
    this.told = ""; // of a sorted list, the first page
    this.isHeld = false; // later pages of it are shown
    byId("start").addEventListener("submit", (event) => { event.preventDefault(); this.start(); });
    byId("more").addEventListener("click", () => { this.isHeld = true; this.load(this.turn).catch((error) => tellProblem("jobs", error)); });
    addEventListener("popstate", () => this.open());
  }

  /** Shows the job that the address names, else the newest. */
  async open() {
    const mine = ++this.turn;
    this.cursor = "";
    this.shown = 0;
    this.isFull = this.isHeld = false;
    this.told = "";
    byId("found").replaceChildren();
    clearNotice("jobs");
    try {
      const { items } = await json(this.kind.path);
      if (mine !== this.turn) return;
      this.list(items);
      const wanted = new URLSearchParams(location.search).get("job");
      const id = wanted ?? items[0]?.id;
      byId("job").hidden = !id;
      if (id) await this.follow(id, mine);
    } catch (error) {
      if (mine === this.turn) tellProblem("jobs", error, () => this.open());
    }
  }

  async start() {
    const button = /** @type {HTMLButtonElement} */ (byId("go"));
    button.disabled = true;
    try {
      const job = await post(this.kind.path, this.kind.selection());
      history.pushState(null, "", `${ROOT}${this.kind.page}?job=${job.id}`);
      announce("Started");
      this.open();
    } catch (error) {
      tellProblem("jobs", error);
    } finally {
      button.disabled = false;
    }
  }

  /** @param {string} id @param {number} mine */
  async follow(id, mine) {
    for (;;) {
      const job = /** @type {Job} */ (await json(`${this.kind.path}/${id}`));
      if (mine !== this.turn) return;
      this.show(job);
      if (this.kind.sort) await this.reload(mine, id);
      else if (!this.isFull) await this.load(mine, id);
      if (mine !== this.turn) return;
      if (!["running", "paused"].includes(job.status)) return this.ended(job);
      await new Promise((done) => setTimeout(done, job.status === "running" ? POLL_MS : 4 * POLL_MS));
      if (mine !== this.turn) return;
    }
  }

  /** @param {Job} job */
  show(job) {
    const { progress } = job;
    const looked = progress.done + progress.skipped + progress.failed;
    const parts = [
      `${number(looked)} of ${counted(progress.total, this.kind.noun)}`,
      progress.skipped ? `${number(progress.skipped)} left out` : "",
      progress.failed ? `${number(progress.failed)} failed` : "",
      this.kind.told(job.found),
    ];
    byId("job").dataset.job = job.id;
    byId("job").dataset.status = job.status;
    byId("job-title").textContent = STATUS[job.status];
    byId("job-line").textContent = parts.filter(Boolean).join(" · ");
    byId("job-about").textContent = `${this.kind.about(job)} · started ${TIME.format(new Date(job.created_at))} by ${job.started_by}`;
    const bar = /** @type {HTMLProgressElement} */ (byId("job-progress"));
    bar.max = Math.max(1, progress.total);
    bar.value = looked;
    bar.hidden = job.status === "finished";
    const verbs = VERBS[job.status] ?? [];
    if (byId("job-tools").dataset.status !== job.status) {
      byId("job-tools").dataset.status = job.status;
      fill(byId("job-tools"), ...verbs.map(([verb, name]) => h("button", { type: "button", class: "button", "data-verb": verb, onclick: () => this.move(job.id, verb) }, name)));
    }
  }

  /** @param {string} id @param {string} verb */
  async move(id, verb) {
    try {
      await json(`${this.kind.path}/${id}/${verb}`, { method: "POST" });
      announce({ pause: "Paused", resume: "Goes on", cancel: "Cancelled" }[verb] ?? "");
    } catch (error) {
      tellProblem("jobs", error);
    }
    this.open();
  }

  /** Findings that are not shown yet, up to the end of a page. @param {number} mine @param {string} [id] */
  async load(mine, id = byId("job").dataset.job ?? "") {
    const page = await this.page(id, this.cursor);
    if (mine !== this.turn) return;
    this.kind.add(page.items.slice(this.shown));
    this.shown = page.cursor === null ? page.items.length : 0;
    this.isFull = page.cursor !== null;
    this.cursor = page.cursor ?? this.cursor;
    byId("more").hidden = !this.isFull;
  }

  /** The first page of a sorted list, unless somebody works in it or has asked for more. @param {number} mine @param {string} id */
  async reload(mine, id) {
    if (this.isHeld || byId("found").contains(document.activeElement)) return;
    const page = await this.page(id, "");
    const told = JSON.stringify(page);
    if (mine !== this.turn || told === this.told) return;
    this.told = told;
    byId("found").replaceChildren();
    this.kind.add(page.items);
    this.cursor = page.cursor ?? "";
    byId("more").hidden = page.cursor === null;
  }

  /** @param {string} id @param {string} cursor */
  page(id, cursor) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor && { cursor }), ...(this.kind.sort && { sort: this.kind.sort }) });
    return json(`${this.kind.path}/${id}/findings?${query}`);
  }

  /** @param {Job} job */
  ended(job) {
    const nothing = byId("found").childElementCount === 0;
    if (nothing && job.status === "finished") byId("found").append(h("li", { class: "nothing" }, this.kind.none));
    announce(`${STATUS[job.status]}. ${byId("job-line").textContent}`);
  }

  /** @param {Job[]} jobs */
  list(jobs) {
    byId("earlier").hidden = jobs.length < 2;
    fill(byId("earlier-list"), ...jobs.map((job) => h("li", null,
      h("a", { href: `${ROOT}${this.kind.page}?job=${job.id}` }, TIME.format(new Date(job.created_at))),
      ` · ${STATUS[job.status].toLowerCase()} · ${this.kind.about(job)}`)));
  }
}

const STATUS = { running: "Running", paused: "Paused", finished: "Finished", cancelled: "Cancelled" };
