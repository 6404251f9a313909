// An article with every hit marked; the legend; the note that a mark shows.
// Small words stand in every sentence: their families are marked when asked for.
const off = new Set(index.quiet.map((family) => 'stance/' + family));
let namesShown = false;
const keyOf = (concept) => concept[0] + '/' + concept[1];
const conceptOf = (hit) => index.concepts[hit[0]];
const hitText = (number, hit) => hit[5] ?? bodyOf(number).text.slice(hit[2], hit[3]);

// The feature of the model that a hit counts for: its family, and the quoted voice where the model tells it apart.
function featureOf(hit) {
  const family = conceptOf(hit)[1];
  const feature = hit[4] & QUOTED && !index.any_voice.includes(family) ? `${family} (quoted)` : family;
  return index.features.includes(feature) ? feature : null;
}
const barOf = (hit) => (conceptOf(hit)[0] === 'topics' ? 'topics/' + conceptOf(hit)[1] : 'stance/' + featureOf(hit));

function makeText(number) {
  const article = articles[number], body = bodyOf(number);
  const text = make('div', { class: 'text' + (namesShown ? ' names' : ''), 'data-text': number, lang: article.language, dir: 'auto', role: 'group', 'aria-label': titleOf(article) });
  const hits = body.hits.filter((hit) => !off.has(keyOf(conceptOf(hit))));
  text.append(...(article.sealed ? makeSheet(number, hits) : makeParagraphs(number, hits)));
  rove(text, '[data-hits]');
  const read = (event) => event.target.closest('[data-hits]');
  text.addEventListener('mouseover', (event) => { if (read(event)) noteSoon(read(event), number); });
  text.addEventListener('mouseout', () => hideNote(false));
  text.addEventListener('focusin', (event) => { if (read(event)) showNote(read(event), number); });
  text.addEventListener('focusout', () => hideNote(false));
  text.addEventListener('click', (event) => { if (read(event)) { showNote(read(event), number); holdNote(); } });
  text.addEventListener('keydown', (event) => {
    if (read(event) && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); showNote(read(event), number); holdNote(); note.querySelector('a, button').focus(); }
  });
  return text;
}

function makeParagraphs(number, hits) {
  const { text, sentences } = bodyOf(number);
  const paragraphs = new Map();
  for (const [start, end, part, paragraph] of sentences) {
    const one = paragraphs.get(paragraph) || { start, end, part };
    paragraphs.set(paragraph, { start: one.start, end: Math.max(end, one.end), part: one.part });
  }
  const numbered = hits.map((hit) => [hit, bodyOf(number).hits.indexOf(hit)]);
  let next = 0;
  return [...paragraphs.values()].map(({ start, end, part }) => {
    const own = [];
    while (next < numbered.length && numbered[next][0][2] < end) own.push(numbered[next++]);
    return make(part === 0 ? 'h2' : 'p', { class: ['headline', 'lead', null][part] }, cut(text, start, end, own).map(([from, to, over]) => makeMark(text.slice(from, to), over)));
  });
}

// The stretches of a text between the beginnings and ends of hits, each with the hits that cover it.
function cut(text, start, end, hits) {
  const ends = [...new Set([start, end, ...hits.flatMap(([hit]) => [hit[2], Math.min(hit[3], end)])])].sort((a, b) => a - b);
  let open = [], next = 0;
  const pieces = [];
  for (let k = 0; k + 1 < ends.length; k++) {
    open = open.filter(([hit]) => hit[3] > ends[k]);
    while (next < hits.length && hits[next][0][2] <= ends[k]) open.push(hits[next++]);
    pieces.push([ends[k], ends[k + 1], [...open]]);
  }
  return pieces;
}

function makeMark(text, over) {
  if (!over.length) return text;
  const length = (hit) => (hit[4] & GAP ? 1e6 : 0) + hit[3] - hit[2] - (conceptOf(hit)[0] === 'topics' ? 0.5 : 0);
  const [top] = [...over].sort((a, b) => length(a[0]) - length(b[0]))[0];
  const bits = top[4];
  const names = [...new Set(over.map(([hit]) => nameCategory(conceptOf(hit))))].join(', ');
  const kind = ['mark', bits & QUOTED && 'quoted', bits & NEGATED && 'negated', bits & GAP && 'gap', over.length > 1 && 'several'].filter(Boolean).join(' ');
  const idle = !text.trim();
  return make('span', { class: kind, style: { '--c': colourOf(conceptOf(top)) }, 'data-hits': idle ? null : over.map(([, place]) => place).join(' '), role: idle ? null : 'button', 'data-name': idle ? null : names }, text);
}

// What can be shown of an article without its text: the words that matched, sentence by sentence.
function makeSheet(number, hits) {
  const all = bodyOf(number).hits, bySentence = new Map();
  hits.forEach((hit) => { bySentence.set(hit[1], [...(bySentence.get(hit[1]) || []), hit]); });
  const rows = [...bySentence].map(([sentence, own]) => make('li', {}, make('span', { class: 'small', lang: labels }, say('sentence', { n: sentence + 1 }), ' · ', nameOf('parts', ['headline', 'lead', 'body'][bodyOf(number).sentences[sentence]?.[2] ?? 2])),
    ' ', own.map((hit) => [makeMark(hit[5], [[hit, all.indexOf(hit)]]), ' … '])));
  return [make('p', { class: 'sealed', lang: labels }, say('sealed')), make('ul', { class: 'sheet' }, rows)];
}

function makeLegend() {
  const again = () => document.querySelectorAll('[data-text]').forEach((text) => text.replaceWith(makeText(Number(text.dataset.text))));
  const group = (lexicon, title, entries, section) => {
    const boxes = entries.map(([name, colour]) => {
      const box = make('input', { type: 'checkbox', checked: !off.has(lexicon + '/' + name), on: { change: () => { off[box.checked ? 'delete' : 'add'](lexicon + '/' + name); again(); } } });
      return make('label', { class: 'key', style: { '--c': colour } }, box, make('span', { class: 'mark' }, nameOf(section, name)));
    });
    const turn = (on) => () => { entries.forEach(([name]) => off[on ? 'delete' : 'add'](lexicon + '/' + name)); boxes.forEach((label) => { label.firstChild.checked = on; }); again(); };
    return make('fieldset', {}, make('legend', {}, title), make('div', { class: 'keys' }, boxes), make('button', { type: 'button', on: { click: turn(true) } }, say('all_on')), ' ', make('button', { type: 'button', on: { click: turn(false) } }, say('all_off')));
  };
  const names = make('input', { type: 'checkbox', checked: namesShown, on: { change: () => { namesShown = names.checked; again(); } } });
  const styles = [['mark', 'mark_narrator'], ['mark quoted', 'mark_quoted'], ['mark negated', 'mark_negated'], ['mark gap', 'mark_gap']].map(([kind, key]) => make('li', {}, make('span', { class: kind }, say(key))));
  const stances = stanceNames.map((stance, place) => [place ? ', ' : '', stanceMark(stance), nameOf('stances', stance)]);
  return make('details', { class: 'legend', open: legendOpen, on: { toggle: (event) => { legendOpen = event.target.open; } } }, make('summary', {}, say('legend')),
    group('topics', say('legend_topics'), index.topics, 'topics'), group('stance', say('legend_stance'), index.families, 'families'),
    make('p', { class: 'small' }, say('family_colours'), stances), make('ul', { class: 'styles' }, styles), make('label', { class: 'key' }, names, say('show_names')), make('p', { class: 'small' }, say('keys_hint')));
}
let legendOpen = false;
