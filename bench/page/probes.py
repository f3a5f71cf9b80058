"""What runs in the browser to measure it. Each script leaves its figures on `window`."""

# From the press of "check" to the first mark that has been painted, and all that moved or blocked meanwhile.
WATCH = """
window.seen = { heard: 0, first: 0, all: 0, shift: 0, blocked: 0 };
const text = document.getElementById('sheet-text');
let began = 0;
document.getElementById('check').addEventListener('click', () => (began = performance.now()), { capture: true });
const parse = JSON.parse;
JSON.parse = (...given) => {
  const found = parse(...given);
  if (found?.label && !seen.heard) seen.heard = performance.now() - began;
  return found;
};
new MutationObserver(() => {
  const marks = document.querySelectorAll('mark').length;
  if (marks && !seen.first) requestAnimationFrame(() => setTimeout(() => (seen.first = performance.now() - began)));
}).observe(text, { childList: true, subtree: true });
new MutationObserver(() => {
  if (document.querySelector('.standing[data-mood=done]') && !seen.all) seen.all = performance.now() - began;
}).observe(document.querySelector('.standing'), { attributes: true });
new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (seen.first) seen.shift += e.value; }))
  .observe({ type: 'layout-shift' });
new PerformanceObserver((list) => list.getEntries().forEach((e) => (seen.blocked = Math.max(seen.blocked, e.duration))))
  .observe({ type: 'longtask' });
"""

# Scrolls draft and cards for three seconds, as fast as a wheel is spun; answers the time between frames, in milliseconds.
SCROLL = """
const done = arguments[0];
const panel = document.getElementById('panel');
const PX_PER_S = 3000;
const frames = [];
const began = performance.now();
let last = began;
requestAnimationFrame(function step(now) {
  frames.push(now - last);
  last = now;
  const passed = (now - began) / 1000;
  scrollTo({ top: passed * PX_PER_S, behavior: 'instant' });
  panel.scrollTop = passed * PX_PER_S;
  if (passed < 3) requestAnimationFrame(step);
  else done(frames.slice(2));
});
"""

# Presses a filter; answers the milliseconds of script, style and layout until the page could be painted anew.
FILTER = """
const [label, done] = [arguments[0], arguments[1]];
requestAnimationFrame(() => {
  const began = performance.now();
  document.querySelector(`[data-label=${label}]`).click();
  document.getElementById('panel').getBoundingClientRect();
  document.getElementById('cards').getBoundingClientRect();
  const worked = performance.now() - began;
  requestAnimationFrame(() => requestAnimationFrame(() => done(worked)));
});
"""
