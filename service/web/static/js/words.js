/** Words and symbols for labels, dates and counts, shared by text, cards, filters and screen readers. */

/** @typedef {"supported" | "contradicted" | "disputed" | "unverified" | "not_checkable"} Label */

/** Label → its shape and its word; `inside` is for places of the draft that contradict each other. */
export const LABELS = {
  contradicted: { shape: "✕", word: "contradicted" },
  disputed: { shape: "◆", word: "disputed" },
  unverified: { shape: "○", word: "unverified" },
  supported: { shape: "✓", word: "supported" },
  not_checkable: { shape: "–", word: "not checkable" },
  inside: { shape: "⇄", word: "inside the draft" },
};

export const ORDER = /** @type {(keyof typeof LABELS)[]} */ (Object.keys(LABELS));

const DAY = new Intl.DateTimeFormat("en", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
const NUMBER = new Intl.NumberFormat("en");

/**
 * `2018-01-30T09:00Z` → `Jan 30, 2018`, the day as written; other text is returned unchanged.
 * @param {string | null} iso
 */
export function day(iso) {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso ?? "");
  if (!found) return iso ?? "";
  return DAY.format(new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))));
}

/** @param {number} n */
export const number = (n) => NUMBER.format(n);

/**
 * `1 claim`, `2 claims`.
 * @param {number} n
 * @param {string} word
 */
export const counted = (n, word) => `${number(n)} ${word}${n === 1 ? "" : "s"}`;

/**
 * `1_234_567` → `1.2 MB`.
 * @param {number} bytes
 */
export function size(bytes) {
  const step = bytes < 1_000_000 ? 0 : bytes < 1_000_000_000 ? 1 : 2;
  const value = bytes / 1000 ** (step + 1);
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.ceil(value)} ${["kB", "MB", "GB"][step]}`;
}

/**
 * `95` → `2 min`.
 * @param {number} seconds
 */
export function duration(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

/** @param {Date} [now] today, as a date field takes it */
export function today(now = new Date()) {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
