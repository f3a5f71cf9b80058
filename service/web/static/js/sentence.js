/** The sentence around a part of a text. */

const SENTENCES = "Segmenter" in Intl ? new Intl.Segmenter("en", { granularity: "sentence" }) : null;

/**
 * From the beginning of the sentence of `start` to the end of that of `end`, within the line.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function sentenceAround(text, start, end) {
  const from = text.lastIndexOf("\n", Math.max(0, start - 1)) + 1;
  const till = text.indexOf("\n", end);
  const line = text.slice(from, till < 0 ? text.length : till);
  const parts = [...(SENTENCES?.segment(line) ?? [])].map(({ index, segment }) => ({ start: from + index, end: from + index + segment.length }));
  const touched = parts.filter((part) => part.start < end && start < part.end);
  return { start: Math.min(start, touched[0]?.start ?? start), end: Math.max(end, touched.at(-1)?.end ?? end) };
}
