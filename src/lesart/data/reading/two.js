// One article in the middle, or two side by side.
function factsOf(number) {
  const article = articles[number];
  const facts = [nameOf('languages', article.language), article.corpus ? nameOf('corpora', article.corpus) : '', article.outlet, article.date, article.genre ? nameOf('genres', article.genre) : '', say('n_words', { n: writeNumber(article.words) })];
  return make('p', { class: 'small' }, facts.filter((fact) => fact && fact !== 'unknown').map((fact, k) => [k ? ' · ' : '', stranger(fact)]), ' · ', stranger(article.id), article.note ? [make('br'), stranger(article.note)] : null);
}

function showArticle(main, id) {
  const number = byId.get(id) ?? 0;
  if (!articles.length) return;
  const pair = nearest(number);
  main.append(make('div', { class: 'column read' }, make('div', { class: 'center' }, makeLegend(), factsOf(number), makeText(number),
    pair === null ? null : make('p', { class: 'screen' }, make('a', { href: address('two', ...inOrder(number, pair)) }, say('compare_with')))), make('div', { class: 'reasons' }, makeReasons(number))));
  markCurrent();
}

const inOrder = (one, other) => (articles[one].language === 'de' ? [one, other] : [other, one]).map((place) => articles[place].id);

// The article in the other language whose topic weights are nearest.
function nearest(number) {
  const own = articles[number];
  let best = null, least = Infinity;
  articles.forEach((other, place) => {
    if (other.language === own.language || !['de', 'en'].includes(other.language)) return;
    const far = other.weights.reduce((sum, row, k) => sum + Math.abs(row[1] - own.weights[k][1]), 0) + (other.stance === own.stance ? 0 : 0.25);
    if (far < least) { least = far; best = place; }
  });
  return best;
}

function showTwo(main, ...ids) {
  const first = byId.get(ids[0]) ?? articles.findIndex((article) => article.language === 'de');
  const given = byId.get(ids[1]);
  const second = given ?? (first >= 0 ? nearest(first) ?? -1 : articles.findIndex((article) => article.language === 'en'));
  const column = (number, language, other) => {
    const options = articles.filter((article) => article.language === language).map((article) => [article.id, titleOf(article) + (article.stance ? ` (${nameOf('stances', article.stance)})` : '')]);
    if (number < 0 || !options.length) return make('section', { class: 'column' }, make('p', {}, say('nobody')));
    const choose = (id) => { location.hash = language === 'de' ? address('two', id, other >= 0 ? articles[other].id : '') : address('two', other >= 0 ? articles[other].id : '', id); };
    return make('section', { class: 'column', 'aria-label': nameOf('languages', language) }, field(say('choose', { language: nameOf('languages', language) }), chooser(options, articles[number].id, choose)),
      factsOf(number), make('div', { class: 'reasons' }, makeStance(number), makeWeights(number)), makeText(number));
  };
  main.append(make('h2', {}, say('view_two')), makeLegend(), make('div', { class: 'two' }, column(first, 'de', second), column(second, 'en', first)));
}
