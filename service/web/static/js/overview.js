/** The desk at a glance: open errors, changed verdicts, today's articles, and how recent the archive is. */

import { entry } from "./article_entry.js";
import { json } from "./api.js";
import { byId, fill, h, ROOT } from "./dom.js";
import { clearNotice, tellProblem } from "./notices.js";
import { counted, day, number, today } from "./words.js";

/** @typedef {import("./article_entry.js").Article} Article */
/** @typedef {{day: string, reports: number}} Day */

const AGAIN_MS = 60_000;
const BAR_PX = 48;

async function show() {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const { articles, archive } = await json(`/v1/desk?${new URLSearchParams({ since: midnight.toISOString() })}`);
  clearNotice("desk");
  byId("overview-line").textContent = `As of ${new Date().toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit" })}. Renewed each minute.`;
  fill(byId("figures"), figure(articles.open_errors, "open errors", `${ROOT}/articles?open=true`), figure(articles.flipped, "articles with changed verdicts", `${ROOT}/articles?flipped=true`),
    figure(articles.today, "articles checked today", `${ROOT}/articles`), figure(archive.undated, "reports without a date", `${ROOT}/corpus?sort=undated`));
  list("open", articles.with_open_errors, articles.open, "No open errors in articles of the last seven days.", articles.complete ? "" : "Only the newest 500 articles were looked at.");
  list("changed", articles.with_changed_verdicts, articles.flipped, "No verdict of a watched article has changed.");
  list("today", articles.checked_today, articles.today, "Nothing was checked today.");
  byId("fresh-line").textContent = archive.documents === 0 ? "The archive is empty."
    : `${counted(archive.documents, "report")}; the newest is of ${day(archive.newest) || "no known date"}${age(archive.newest)}.`;
  fill(byId("fresh"), archive.documents > 0 && chart(archive.days));
}

/** @param {number} n @param {string} name @param {string} address */
const figure = (n, name, address) => h("div", null, h("dt", null, name), h("dd", null, h("a", { href: address }, number(n))));

/** @param {string} id @param {Article[]} articles @param {number} total @param {string} none @param {string} [more] */
function list(id, articles, total, none, more = "") {
  fill(byId(id), ...articles.map(entry));
  byId(`${id}-line`).textContent = articles.length === 0 ? none : [articles.length < total ? `${articles.length} of ${number(total)}.` : "", more].join(" ").trim();
}

/** @param {string | null} newest */
function age(newest) {
  if (!newest) return "";
  const days = Math.round((Date.parse(today()) - Date.parse(newest.slice(0, 10))) / 86_400_000);
  if (days < 0) return "";
  return days === 0 ? ", today" : `, ${counted(days, "day")} ago`;
}

/** Reports per day as bars; the same figures are in a table for screen readers. @param {Day[]} days */
function chart(days) {
  const most = Math.max(...days.map(({ reports }) => reports));
  const bars = days.map(({ day: date, reports }) => {
    const bar = h("span", { class: "bar", title: `${day(date)}: ${counted(reports, "report")}` });
    bar.style.setProperty("height", `${Math.max(1, Math.round((BAR_PX * reports) / Math.max(1, most)))}px`);
    return bar;
  });
  return h("figure", { class: "days" }, h("div", { class: "bars", "aria-hidden": "true" }, ...bars),
    h("figcaption", { class: "hint" }, `Reports by day of publication, ${day(days[0].day)} to ${day(days[days.length - 1].day)}; ${most ? `at most ${counted(most, "report")} a day` : "none in these days"}.`),
    h("table", { class: "unseen" }, h("caption", null, "Reports by day"), h("tbody", null,
      ...days.map(({ day: date, reports }) => h("tr", null, h("th", { scope: "row" }, day(date)), h("td", null, number(reports)))))));
}

const start = () => show().catch((error) => tellProblem("desk", error, start));

start();
setInterval(() => { if (!document.hidden) start(); }, AGAIN_MS);
