/** An article in a list: headline, when and by whom it was checked, what is open. */

import { h, ROOT } from "./dom.js";
import { counted, number } from "./words.js";

/** @typedef {{claim_id: string, label: string, text: string}} Finding */
/** @typedef {{findings: number, open: number, confirmed: number, dismissed: number}} Counts */
/** @typedef {{version: number, check_id: string, status: string, created_at: string, submitted_by: string | null, watched: boolean, flips: number, summary: Record<string, number> | null, changes?: {new: number, mended: number, dismissed: number} | null}} Version */
/** @typedef {{id: string, title: string | null, url: string | null, source: string | null, updated_at: string, versions: number, latest: Version, decisions: Counts | null, assignees: string[], changes?: any}} Article */

const TIME = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const UNDER_WAY = ["queued", "running"];

/** @param {string} iso */
export const time = (iso) => h("time", { datetime: iso }, TIME.format(new Date(iso)));

/** @param {{title: string | null, url: string | null}} article */
export const nameOf = ({ title, url }) => title || url || "Without a headline";

/** @param {Article} article */
export function entry(article) {
  const { latest } = article;
  return h("li", null,
    h("h2", null, h("a", { href: `${ROOT}/articles/${encodeURIComponent(article.id)}`, dir: "auto" }, nameOf(article))),
    h("p", { class: "facts-line" }, time(article.updated_at), ` · ${counted(article.versions, "version")}`,
      latest.submitted_by && [" · by ", latest.submitted_by].join(""), article.source && ` · ${article.source}`,
      latest.watched && " · watched", article.assignees.length > 0 && ` · for ${article.assignees.join(", ")}`),
    h("p", { class: "standing-now" }, ...standing(article)));
}

/** @param {Article} article */
export function standing({ latest, decisions }) {
  const now = UNDER_WAY.includes(latest.status) ? "being checked" : latest.status === "finished" ? "" : latest.status;
  const state = decisions === null ? null : decisions.open
    ? h("span", { class: "open" }, `${number(decisions.open)} open of ${number(decisions.findings)}`)
    : h("span", { class: "clear" }, decisions.findings ? "all decided" : "no errors found");
  const notes = [now, latest.flips ? `${counted(latest.flips, "verdict")} changed` : "", decisions?.confirmed ? `${decisions.confirmed} confirmed` : ""].filter(Boolean);
  return [state, notes.length ? h("small", null, notes.join(" · ")) : null].filter((part) => part !== null);
}
