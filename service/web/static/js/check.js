/** The check page: switches between the form and the report of a check, and keeps the address in sync. */

import { checkPath, json, post, Problem } from "./api.js";
import { Desk } from "./desk.js";
import { announce, byId, ROOT } from "./dom.js";
import { Draft } from "./draft.js";
import { takeDrops } from "./drop.js";
import { offerExports } from "./exports.js";
import { listenToKeys } from "./keyboard.js";
import { clearNotices, clearNotice, notice, tellProblem } from "./notices.js";
import { Review } from "./review.js";
import { follow } from "./stream.js";
import { coverageLine } from "./strip.js";
import { counted, day, ORDER } from "./words.js";

/** @typedef {import("./draft.js").Article} Article */

const KEPT = "factcheck.draft."; // + check id: the draft, for this tab, should the service have forgotten it
const CHANGED = "factcheck.changes."; // + check id

const desk = new Desk(handIn);
const review = new Review({ changed });
let checkId = "";
/** @type {string | null} the article in the history of which the draft is the next version */
let articleId = null;
let following = new AbortController();

/** Changes of a draft outlive a look at the archive, in this tab. */
function changed() {
  byId("again").hidden = review.draft.changes.length === 0;
  try {
    sessionStorage.setItem(CHANGED + checkId, JSON.stringify(review.draft.changes));
  } catch { /* too long for the browser's store */ }
}

/** @param {"desk" | "review"} which */
function showOnly(which) {
  byId("desk").hidden = which !== "desk";
  byId("review").hidden = which !== "review";
  byId("export").hidden = which !== "review";
  document.body.dataset.view = which;
}

/** @param {Article} article */
async function handIn(article) {
  clearNotices();
  desk.busy(true);
  try {
    const check = await post("/v1/checks", { article, options: { priority: "interactive" }, ...(articleId && { article_id: articleId }) });
    articleId = check.article_id ?? null;
    remember(check.id, article);
    history.pushState(null, "", `${ROOT}/checks/${check.id}`);
    open(check.id, new Draft(article));
    byId("sheet-name").focus({ preventScroll: true });
    await run();
  } catch (error) {
    refused(error, article);
  } finally {
    desk.busy(false);
  }
}

/** @param {unknown} error @param {Article} article */
function refused(error, article) {
  showOnly("desk");
  if (!(error instanceof Problem)) throw error;
  const rest = desk.place(error.faults);
  if (error.faults.length && rest.length === 0) return;
  tellProblem("check", error, () => handIn(article));
}

/** @param {string} id @param {Draft} draft */
function open(id, draft) {
  checkId = id;
  scrollTo(0, 0);
  draft.changes = JSON.parse(sessionStorage.getItem(CHANGED + id) ?? "[]");
  review.show(draft, id);
  byId("again").hidden = draft.changes.length === 0;
  byId("sheet-date").textContent = draft.article.published_at ? day(draft.article.published_at) : "no dateline";
  document.title = `${draft.article.title || "A draft"} · factcheck`;
  showOnly("review");
}

/** Follow the check that is shown, to its end. */
async function run() {
  following.abort();
  const { signal } = (following = new AbortController());
  const stop = byId("stop");
  stop.hidden = false;
  byId("go-on").hidden = true;
  review.strip.say("Reading the draft …", "busy");
  announce("Checking");
  try {
    await follow(checkId, {
      claim: (verdict) => { review.take(verdict); tellProgress(); },
      progress: ({ claims_total: total }) => { review.total = total; review.count(); tellProgress(); },
      lost: () => review.strip.say("Connection lost. Trying again …", "lost"),
      back: tellProgress,
    }, signal);
    if (!signal.aborted) finish(await json(checkPath(checkId), { signal }));
  } catch (error) {
    if (!signal.aborted) gone(error);
  } finally {
    if (!signal.aborted) stop.hidden = true;
  }
}

function tellProgress() {
  const done = new Set([...review.verdicts.keys(), ...review.waiting.keys()]).size;
  if (review.total) review.strip.say(`${done} of ${counted(review.total, "claim")} checked`, "busy");
}

/** @param {any} check over, in whatever way */
function finish(check) {
  byId("stop").hidden = true;
  if (check.report) review.settle(check.report);
  const wanted = new URLSearchParams(location.hash.slice(1)).get("claim");
  if (wanted !== null && review.chosen === null && review.verdicts.has(wanted)) review.choose(wanted, "jump");
  if (check.status === "finished") {
    review.strip.say(coverageLine(check.report.coverage, check.report.corpus), check.report.coverage.complete ? "done" : "failed");
    const told = ORDER.filter((label) => check.report.summary[label]).map((label) => `${check.report.summary[label]} ${label.replace("_", " ")}`);
    return announce(`Checked. ${told.join(", ") || "No claims"}.`);
  }
  const stopped = check.status === "cancelled";
  review.strip.say(stopped ? stoppedLine(check.progress) : "The check failed. The rest was not checked.", "failed");
  byId("go-on").hidden = !stopped || !review.draft.article.text;
  if (stopped) announce("Stopped");
  if (!stopped) notice("check", check.error?.title ?? "The check failed.", check.error?.detail ?? "", [{ name: "Check again", run: again }]);
}

/** @param {{claims_done: number, claims_total: number}} progress */
function stoppedLine({ claims_done: done, claims_total: total }) {
  return total ? `Stopped after ${done} of ${counted(total, "claim")}. What was found is kept.` : "Stopped before the first claim.";
}

/** @param {unknown} error the check cannot be shown or followed */
function gone(error) {
  review.strip.say("", "failed");
  if (!(error instanceof Problem)) throw error;
  const draft = review.draft.article.text ? review.draft.asArticle() : kept(checkId);
  const way = draft ? [{ name: "Check again", run: () => handIn(draft) }] : [{ name: "New check", run: toDesk }];
  if (error.status === 410) notice("check", "This check has expired.", draft ? "The draft is still in this tab." : "The service keeps drafts for a while only. Paste it again.", way);
  else if (error.status === 404) notice("check", "There is no such check.", "The address may be wrong, or the check belongs to another key.", way);
  else tellProblem("check", error, () => load(checkId));
  if (!draft) toDesk();
}

/** A check's own address, opened. @param {string} id */
async function load(id) {
  checkId = id;
  try {
    const check = await json(checkPath(id));
    articleId = check.article_id ?? null;
    const article = await json(`${checkPath(id)}/article`).catch(() => kept(id));
    open(id, new Draft(article ?? withoutText(check)));
    if (!article) notice("draft", "The text of this draft is not available.", "Its claims are shown.");
    review.total = check.progress.claims_total;
    if (["queued", "running"].includes(check.status)) await run();
    else finish(check);
  } catch (error) {
    const article = kept(id);
    if (article) open(id, new Draft(article));
    gone(error);
  }
}

/** @param {any} check the claims at their places, and nothing between them @returns {Article} */
function withoutText(check) {
  let text = "";
  for (const { span: { field, utf16 }, text: words } of check.report?.claims ?? []) {
    if (field === "text") text = text.slice(0, utf16.start).padEnd(utf16.start) + words + text.slice(utf16.end);
  }
  return { text, title: null, published_at: null };
}

/** @param {string} id @param {Article} article */
function remember(id, article) {
  try {
    sessionStorage.setItem(KEPT + id, JSON.stringify(article));
  } catch { /* too long for the browser's store */ }
}

/** @param {string} id @returns {Article | null} */
function kept(id) {
  return JSON.parse(sessionStorage.getItem(KEPT + id) ?? "null");
}

function toDesk() {
  following.abort();
  checkId = "";
  document.title = "Check a draft · factcheck";
  if (location.pathname !== `${ROOT}/`) history.pushState(null, "", `${ROOT}/`);
  showOnly("desk");
}

function edit() {
  if (!review.draft.article.text) return;
  const edited = review.draft.asArticle();
  desk.onCheck = (article) => { if (!isAnEditOf(edited, article)) articleId = null; handIn(article); };
  desk.fill(review.draft.asArticle());
  clearNotices();
  toDesk();
  desk.text.focus();
}

/** @param {Article} before @param {Article} after false where nearly all words were replaced: another article */
function isAnEditOf(before, after) {
  const words = (/** @type {Article} */ { text }) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const [old, now] = [words(before), words(after)];
  const kept = [...now].filter((word) => old.has(word)).length;
  return kept >= 0.4 * Math.min(old.size, now.size);
}

function again() {
  handIn(review.draft.asArticle());
}

async function forgetCheck() {
  try {
    await json(`${checkPath(checkId)}?forget=true`, { method: "DELETE" });
    [KEPT, CHANGED].forEach((place) => sessionStorage.removeItem(place + checkId));
    articleId = null;
    notice("check", "Deleted.", "The draft and its verdicts are deleted.");
    toDesk();
  } catch (error) {
    tellProblem("check", error);
  }
}

function start() {
  clearNotice("check");
  desk.recall();
  const found = /\/checks\/([A-Za-z0-9_-]{1,64})$/.exec(location.pathname);
  if (found) return load(found[1]);
  following.abort();
  articleId = null;
  showOnly("desk");
  desk.text.focus();
}

byId("edit").addEventListener("click", edit);
byId("again").addEventListener("click", again);
byId("go-on").addEventListener("click", again);
byId("stop").addEventListener("click", () => json(checkPath(checkId), { method: "DELETE" }).catch((error) => tellProblem("check", error)));
takeDrops(({ files }) => { if (files.length) { toDesk(); articleId = null; desk.read([...files]); } });
offerExports(() => ({ checkId, text: [review.draft.current("title"), review.draft.current("text")].filter(Boolean).join("\n\n") }), forgetCheck);
const inReview = (/** @type {() => void} */ act) => () => { if (!byId("review").hidden) act(); };
const press = (/** @type {string} */ act) => inReview(() => review.cardNode(review.chosen)?.querySelector(`[data-act="${act}"]`)?.dispatchEvent(new MouseEvent("click", { bubbles: true })));
listenToKeys({
  Escape: inReview(() => review.endPeek()),
  j: inReview(() => review.jump(1)), n: inReview(() => review.jump(1)),
  k: inReview(() => review.jump(-1)), p: inReview(() => review.jump(-1)),
  o: inReview(() => { if (review.chosen !== null) review.toggle(review.chosen); }),
  a: press("apply"), d: press("dismiss"), u: inReview(() => review.undo()), e: inReview(edit),
  0: inReview(() => review.strip.clear()),
  ...Object.fromEntries(ORDER.map((label, i) => [String(i + 1), inReview(() => review.strip.toggle(label))])),
});
addEventListener("popstate", start);
start();
