// Concepts over both languages: every place of one (concordance), and which differ (keyness).
const CONTEXT = 80, ROWS = 100;

function showConcept(main, lexicon, category, name) {
  const found = index.concepts.findIndex((concept) => concept[0] === lexicon && concept[1] === category && concept[2] === name);
  const chosen = found >= 0 ? found : index.concepts.findIndex((concept) => concept[0] === 'topics');
  if (chosen < 0) return;
  const groups = new Map();
  index.concepts.forEach((concept, place) => {
    const key = `${say(concept[0] === 'topics' ? 'legend_topics' : 'legend_stance')}: ${nameCategory(concept)}`;
    groups.set(key, [...(groups.get(key) || []), [String(place), nameConcept(concept)]]);
  });
  const concept = index.concepts[chosen];
  const select = chooser([...groups].sort(([a], [b]) => a.localeCompare(b)), String(chosen), (place) => { location.hash = address('concept', ...index.concepts[place].slice(0, 3)); });
  main.append(make('h2', {}, say('view_concept')), make('p', { class: 'small' }, say('concept_hint')), field(say('choose_concept'), select),
    make('p', { style: { '--c': colourOf(concept) } }, make('strong', { class: 'mark' }, nameCategory(concept)), ' ', stranger(nameConcept(concept)), ruleOf(concept) ? [make('br'), make('span', { class: 'small' }, say('rule_of'), ' ', stranger(ruleOf(concept)))] : null),
    ...['de', 'en'].map((language) => makeConcordance(chosen, language)));
}

function makeConcordance(chosen, language) {
  const places = [];
  let n = 0;
  articles.forEach((article, number) => {
    if (article.language !== language) return;
    const own = bodyOf(number).hits.map((hit, place) => [number, hit, place]).filter(([, hit]) => hit[0] === chosen);
    n += own.length > 0;
    places.push(...own);
  });
  const rows = make('tbody');
  const heads = ['before', 'match', 'after', 'article'].map((key) => make('th', { scope: 'col' }, say(key)));
  const table = make('table', { class: 'kwic' }, make('caption', {}, say('n_places', { language: nameOf('languages', language), n: writeNumber(places.length), articles: writeNumber(n) })), make('thead', {}, make('tr', {}, heads)), rows);
  const more = make('button', { type: 'button', on: { click: () => add() } });
  const add = () => {
    const from = rows.children.length;
    rows.append(...places.slice(from, from + ROWS).map((one) => makeLine(language, ...one)));
    more.textContent = say('more', { n: writeNumber(places.length - rows.children.length) });
    more.hidden = rows.children.length >= places.length;
  };
  add();
  return make('section', {}, places.length ? make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': nameOf('languages', language) }, table) : make('p', {}, table.caption.textContent), more);
}

function makeLine(language, number, hit, place) {
  const article = articles[number], { text } = bodyOf(number);
  // Whole words only, where the context has a space to cut at.
  const before = article.sealed ? '… ' : clean(text.slice(Math.max(0, hit[2] - CONTEXT), hit[2])).replace(hit[2] > CONTEXT ? /^\S*\s/ : /^\s+/, '');
  const after = article.sealed ? ' …' : clean(text.slice(hit[3], hit[3] + CONTEXT)).replace(hit[3] + CONTEXT < text.length ? /\s\S*$/ : /\s+$/, '');
  const kind = ['mark', hit[4] & QUOTED && 'quoted', hit[4] & NEGATED && 'negated'].filter(Boolean).join(' ');
  const link = make('a', { href: address('read', article.id), on: { click: () => { waitingFor = [number, place]; } } }, stranger(titleOf(article), language));
  return make('tr', {}, make('td', { class: 'before', lang: language }, stranger(before)), make('td', { lang: language, style: { '--c': colourOf(conceptOf(hit)) } }, make('span', { class: kind }, clean(hitText(number, hit)))), make('td', { lang: language }, stranger(after)), make('td', {}, link));
}
// The mark to go to once its article is shown.
let waitingFor = null;
const clean = (text) => text.replace(/\s+/g, ' ').replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');

function showKeyness(main, lexicon) {
  const chosen = lexicon === 'stance' ? 'stance' : 'topics';
  const rows = index.keyness.filter((row) => index.concepts[row[0]][0] === chosen && row[4] !== null);
  const select = chooser([['topics', say('legend_topics')], ['stance', say('legend_stance')]], chosen, (name) => { location.hash = address('keyness', name); });
  main.append(make('h2', {}, say('view_keyness')), make('p', {}, say('keyness_hint')), field(say('of_lexicon'), select));
  if (!rows.length) { main.append(make('p', {}, say('keyness_none'))); return; }
  const most = Math.max(...rows.map((row) => Math.max(Math.abs(row[4]), Math.abs(row[5]))), 0.001);
  const at = (value) => 50 + (50 * value) / most + '%';
  const lines = rows.map(([place, de, en, difference, low, high, nDe, nEn]) => {
    const concept = index.concepts[place], points = (value) => writeNumber(100 * value, 1, true);
    const label = say('difference_of', { concept: nameConcept(concept), difference: points(difference), low: points(low), high: points(high) });
    const style = { '--at': at(difference), '--low': at(low), '--wide': (50 * (high - low)) / most + '%', '--c': colourOf(concept) };
    const href = address('concept', ...concept.slice(0, 3));
    return make('tr', { class: low > 0 || high < 0 ? 'clear' : null }, make('th', { scope: 'row' }, make('a', { href }, make('span', { class: 'mark', style }, nameCategory(concept)), ' ', stranger(nameConcept(concept)))),
      make('td', {}, make('a', { class: 'dot', href, 'aria-label': label, tabindex: '-1', style }, make('span', { class: 'interval' }), make('span', { class: 'point' }))), [writeNumber(100 * difference, 1, true), writeNumber(100 * de, 1), writeNumber(100 * en, 1), `${writeNumber(nDe)} / ${writeNumber(nEn)}`].map((told) => make('td', { class: 'value' }, told)));
  });
  const heads = [say('concept'), `← ${nameOf('languages', 'en')} · ${nameOf('languages', 'de')} →`, say('difference'), say('share_de'), say('share_en'), say('points_in_articles')].map((head) => make('th', { scope: 'col' }, head));
  main.append(make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': say('view_keyness') }, make('table', { class: 'keyness' }, make('thead', {}, make('tr', {}, heads)), make('tbody', {}, lines))));
}
