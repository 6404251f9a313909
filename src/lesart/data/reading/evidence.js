// The way between numbers and sentences: a bar opens its sentences, a sentence leads to its marks, a mark's note to its bar.
const note = make('div', { id: 'note', role: 'dialog', hidden: true });
let noteHeld = false, noteOf = null, noteTimer;

function noteSoon(mark, number) {
  clearTimeout(noteTimer);
  if (!noteHeld) noteTimer = setTimeout(() => showNote(mark, number), 120);
}

function showNote(mark, number) {
  clearTimeout(noteTimer);
  if (noteOf === mark && !note.hidden) return;
  hideNote(true);
  noteOf = mark;
  const hits = mark.dataset.hits.split(' ').map((place) => bodyOf(number).hits[place]);
  note.replaceChildren(make('button', { type: 'button', class: 'close', 'aria-label': say('close'), on: { click: closeNote } }, '×'), ...hits.map((hit) => describeHit(number, hit, mark)));
  note.setAttribute('aria-label', say('note'));
  note.lang = labels;
  note.hidden = false;
  mark.setAttribute('aria-describedby', 'note');
  placeNote(mark);
}

function placeNote(mark) {
  const place = mark.getClientRects()[0] || mark.getBoundingClientRect(), width = note.offsetWidth, height = note.offsetHeight;
  const below = place.bottom + height + 6 < window.innerHeight || place.top < height + 6;
  note.style.left = Math.max(8, Math.min(place.left, window.innerWidth - width - 8)) + window.scrollX + 'px';
  note.style.top = (below ? place.bottom + 4 : place.top - height - 4) + window.scrollY + 'px';
}

function holdNote() {
  noteHeld = true;
}

function hideNote(now) {
  clearTimeout(noteTimer);
  const hide = () => {
    if (noteOf) noteOf.removeAttribute('aria-describedby');
    note.hidden = true; noteHeld = false; noteOf = null;
  };
  if (now) hide();
  else if (!noteHeld) noteTimer = setTimeout(() => { if (!note.matches(':hover, :focus-within') && !noteHeld && document.activeElement !== noteOf) hide(); }, 250);
}

function closeNote() {
  const mark = noteOf;
  const inside = note.contains(document.activeElement);
  hideNote(true);
  if (mark && inside) { mark.focus(); hideNote(true); }
}
document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !note.hidden) closeNote(); });
document.addEventListener('click', (event) => { if (!note.hidden && !note.contains(event.target) && !event.target.closest('[data-hits]') && document.activeElement !== noteOf) hideNote(true); });
note.addEventListener('mouseleave', () => hideNote(false));

// What a hit is, and what it does to the tag.
function describeHit(number, hit, mark) {
  const concept = conceptOf(hit), article = articles[number];
  const voice = nameOf('voices', hit[4] & QUOTED ? 'quoted' : 'narrator') + (hit[4] & NEGATED ? ', ' + say('mark_negated') : '');
  const bar = make('button', { type: 'button', on: { click: () => { const shown = goToBar(mark, barOf(hit)); hideNote(true); if (shown) shown.focus(); } } }, say('to_bar'));
  return make('section', { style: { '--c': colourOf(concept) } }, make('p', {}, make('strong', { class: 'mark' }, nameCategory(concept)), ' ', stranger(nameConcept(concept))),
    make('p', { class: 'small' }, stranger(hitText(number, hit), article.language), ' · ', voice),
    concept[3] ? make('p', { class: 'small' }, stranger(concept[3], 'en')) : null, make('p', {}, effectOf(number, hit)),
    make('p', {}, barOf(hit) === 'stance/null' ? null : bar, ' ', make('a', { href: address('concept', ...concept.slice(0, 3)) }, say('to_concordance'))));
}

function effectOf(number, hit) {
  const concept = conceptOf(hit), article = articles[number];
  if (concept[0] === 'topics') {
    const row = article.weights[topicNames.indexOf(concept[1])];
    return row ? say('effect_topic', { topic: nameOf('topics', concept[1]), weight: percent(row[1]), n: writeNumber(row[0]) }) : '';
  }
  if (hit[4] & NOT_COUNTED) return say('effect_denied');
  const feature = featureOf(hit), why = bodyOf(number).why.find((row) => index.features[row[0]] === feature);
  if (!why || !article.stance) return say('effect_none');
  const push = why[3 + stanceNames.indexOf(article.stance)];
  return say('effect_stance', { feature: nameFeature(feature), n: writeNumber(why[1]), push: writeNumber(push, 2, true), stance: nameOf('stances', article.stance) });
}

// The bar beside this text; bars that are folded away are unfolded.
function goToBar(mark, key) {
  const column = mark.closest('.column') || document;
  const unfold = column.querySelector('[data-unfold][aria-expanded=false]');
  let bar = [...column.querySelectorAll('[data-bar]')].find((one) => one.dataset.bar === key);
  if (!bar && unfold) { unfold.click(); bar = [...column.querySelectorAll('[data-bar]')].find((one) => one.dataset.bar === key); }
  if (!bar) return null;
  bar.closest('details')?.setAttribute('open', '');
  bar.scrollIntoView({ block: 'center' });
  return bar;
}

// A bar that opens the sentences of its hits below it.
function makeBar(number, key, label, content) {
  const bar = make('button', { type: 'button', class: 'bar', 'data-bar': key, 'aria-expanded': 'false', 'aria-label': label, on: { click: () => {
    const open = bar.getAttribute('aria-expanded') === 'true';
    const column = bar.closest('.column') || document;
    column.querySelectorAll('.bar[aria-expanded=true]').forEach((other) => { other.setAttribute('aria-expanded', 'false'); other.nextElementSibling.remove(); });
    column.querySelectorAll('.focusing').forEach((text) => text.classList.remove('focusing'));
    if (open) return;
    bar.setAttribute('aria-expanded', 'true');
    if (off.delete(key.replace(/ \(.*/, ''))) redraw(column, number);
    bar.after(listSentences(number, (hit) => barOf(hit) === key && !(hit[4] & NOT_COUNTED), key));
    emphasise(column, number, key);
  } } }, content);
  return bar;
}

// The article and the legend anew, after a family was turned on.
function redraw(column, number) {
  column.querySelector(`[data-text="${number}"]`)?.replaceWith(makeText(number));
  document.querySelector('.legend')?.replaceWith(makeLegend());
}

function emphasise(column, number, key) {
  const text = column.querySelector(`[data-text="${number}"]`);
  if (!text) return;
  text.classList.toggle('focusing', bodyOf(number).hits.some((hit) => barOf(hit) === key));
  text.querySelectorAll('[data-hits]').forEach((mark) => mark.classList.toggle('in', mark.dataset.hits.split(' ').some((place) => barOf(bodyOf(number).hits[place]) === key)));
}

// The sentences of an article that have such hits; each leads to its place in the text.
function listSentences(number, chosen, key) {
  const body = bodyOf(number), article = articles[number], bySentence = new Map();
  body.hits.forEach((hit, place) => { if (chosen(hit)) bySentence.set(hit[1], [...(bySentence.get(hit[1]) || []), [hit, place]]); });
  const rows = [...bySentence].map(([sentence, own]) => {
    const [start, end] = body.sentences[sentence] || [0, 0];
    const content = article.sealed ? own.map(([hit], k) => [k ? ' … ' : '', make('b', {}, hit[5])])
      : cut(body.text, start, end, own).map(([from, to, over]) => (over.length ? make('b', {}, body.text.slice(from, to)) : body.text.slice(from, to)));
    return make('li', {}, make('button', { type: 'button', class: 'sentence', lang: article.language, dir: 'auto', on: { click: (event) => goToMark(event.target, number, own[0]) } }, content));
  });
  return make('ul', { class: 'sentences' }, rows.length ? rows : make('li', { class: 'small' }, say(key.startsWith('stance') ? 'absent' : 'no_place')));
}

function goToMark(from, number, [hit, place]) {
  const column = from.closest('.column') || document;
  if (off.delete(keyOf(conceptOf(hit)))) redraw(column, number);
  const mark = [...column.querySelectorAll(`[data-text="${number}"] [data-hits]`)].find((one) => one.dataset.hits.split(' ').includes(String(place)));
  if (mark) { mark.scrollIntoView({ block: 'center' }); mark.focus({ preventScroll: true }); }
}
