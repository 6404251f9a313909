(() => {
'use strict';
const slides = [...document.querySelectorAll('.slide')];
const place = document.getElementById('place');
let now = 0;

/** Shows one slide; its number stands in the address, so that a reload and a link come back to it. */
function show(number, keep) {
  now = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, at) => { slide.hidden = at !== now; });
  place.textContent = place.dataset.words.replace('@n', now + 1).replace('@of', slides.length);
  document.getElementById('previous').disabled = now === 0;
  document.getElementById('next').disabled = now === slides.length - 1;
  if (!keep) history.replaceState(null, '', '#' + (now + 1));
  window.scrollTo(0, 0);
}
/** Makes the words of a slide smaller until they have room; all sizes are parts of the slide, so once is enough. */
function fit(slide) {
  slide.hidden = false;
  for (let k = 100; k >= 50 && slide.scrollHeight > slide.clientHeight + 1; k -= 4) slide.style.setProperty('--k', k / 100);
  slide.hidden = true;
}
function fromAddress() {
  const number = /^#(\d{1,4})$/.exec(location.hash);
  show(number ? number[1] - 1 : 0, true);
}
function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen?.().catch(() => {});
}
const KEYS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1, Enter: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1, Home: -Infinity, End: Infinity };
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if ((event.key === ' ' || event.key === 'Enter') && event.target.closest('button, a')) return;
  if (event.key === 'f' || event.key === 'F') { toggleFull(); return; }
  if (!(event.key in KEYS)) return;
  event.preventDefault();
  show(now + (event.key === ' ' && event.shiftKey ? -1 : KEYS[event.key]));
});
// A click goes on, one in the left quarter goes back; selecting words does neither.
document.querySelector('main').addEventListener('click', (event) => {
  if (event.target.closest('a') || String(getSelection())) return;
  show(now + (event.clientX < innerWidth / 4 ? -1 : 1));
});
let from = null;
document.addEventListener('touchstart', (event) => { from = event.touches.length === 1 ? event.touches[0] : null; }, { passive: true });
document.addEventListener('touchend', (event) => {
  if (!from) return;
  const to = event.changedTouches[0], across = to.clientX - from.clientX, down = to.clientY - from.clientY;
  from = null;
  if (event.target.closest('.plate') && event.target.closest('.plate').scrollWidth > event.target.closest('.plate').clientWidth) return;
  if (Math.abs(across) > 50 && Math.abs(across) > 2 * Math.abs(down)) show(now + (across < 0 ? 1 : -1));
}, { passive: true });
document.getElementById('previous').addEventListener('click', () => show(now - 1));
document.getElementById('next').addEventListener('click', () => show(now + 1));
document.getElementById('full').addEventListener('click', toggleFull);
addEventListener('hashchange', fromAddress);
document.getElementById('bar').hidden = false;
slides.forEach((slide) => { slide.hidden = true; });
slides.forEach(fit);
fromAddress();
})();
