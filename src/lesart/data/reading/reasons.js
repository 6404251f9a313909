// Beside the text: why this stance, the topic weights, the place among the others.
const MOST_REASONS = 8;

function makeReasons(number) {
  return [makeStance(number), makeWeights(number), makePlace(number)];
}

// Why this stance, and, when another one is asked for, what spoke for and against that.
function makeStance(number, asked) {
  const article = articles[number];
  if (!article.stance) return make('section', {}, make('h3', {}, say('why_none')));
  const chosen = asked || article.stance, stance = nameOf('stances', chosen);
  const rows = stanceNames.map((name, k) => {
    const style = { '--c': colours.stances.get(name), '--w': 100 * article.p[k] + '%' };
    const label = say('probability', { stance: nameOf('stances', name), share: percent(article.p[k]) });
    const ask = () => { const again = makeStance(number, name); section.replaceWith(again); again.querySelector('[aria-pressed=true]').focus(); };
    return make('li', { style }, make('button', { type: 'button', class: 'bar', 'aria-pressed': String(name === chosen), 'aria-label': label, on: { click: ask } }, make('span', {}, stanceMark(name), nameOf('stances', name)), make('span', { class: 'track' }, make('span', { class: 'fill' })), make('span', { class: 'value' }, percent(article.p[k]))));
  });
  const section = make('section', {}, make('h3', {}, stanceMark(article.stance), say('why', { stance: nameOf('stances', article.stance) })), make('ul', { class: 'bars', 'aria-label': say('probabilities') }, rows),
    make('p', { class: 'small' }, say('margin_sure', { margin: writeNumber(article.margin, 2), sure: article.sure })),
    make('h4', {}, say('reasons', { stance })), listReasons(number, chosen, false), make('p', { class: 'small' }, say('reasons_hint')));
  return section;
}

function listReasons(number, stance, all) {
  const column = 3 + stanceNames.indexOf(stance);
  const why = [...bodyOf(number).why].sort((a, b) => Math.abs(b[column]) - Math.abs(a[column]));
  const most = Math.max(...why.map((row) => Math.abs(row[column])), 0.01);
  const rows = why.slice(0, all ? why.length : MOST_REASONS).map((row) => {
    const feature = index.features[row[0]], push = row[column];
    const label = say('reason', { feature: nameFeature(feature), push: writeNumber(push, 2, true), stance: nameOf('stances', stance), n: writeNumber(row[1]) });
    const style = { '--from': 50 + (push < 0 ? (50 * push) / most : 0) + '%', '--w': (50 * Math.abs(push)) / most + '%', '--c': colours.stance.get(feature.split(' (')[0]) || '#888' };
    return make('li', {}, makeBar(number, 'stance/' + feature, label, [make('span', {}, nameFeature(feature), make('small', {}, ' ×' + writeNumber(row[1]))), make('span', { class: 'track middle', style }, make('span', { class: 'fill' })), make('span', { class: 'value' }, writeNumber(push, 2, true))]));
  });
  const turn = make('button', { type: 'button', 'data-unfold': true, 'aria-expanded': String(all), on: { click: () => { const again = listReasons(number, stance, !all); list.replaceWith(again); again.querySelector('[data-unfold]').focus(); } } }, all ? say('fewer') : say('all_reasons', { n: why.length }));
  const list = make('div', {}, make('ul', { class: 'bars' }, rows), why.length > MOST_REASONS ? turn : null);
  return list;
}

const meansOf = {};
function meanWeights(language) {
  const own = articles.filter((article) => article.language === language && article.weights.some((row) => row[1] > 0));
  meansOf[language] ??= topicNames.map((topic, k) => own.reduce((sum, article) => sum + article.weights[k][1], 0) / Math.max(own.length, 1));
  return meansOf[language];
}

function makeWeights(number) {
  const article = articles[number], means = meanWeights(article.language);
  const rows = article.weights.map(([n, weight, low, high], k) => {
    const topic = topicNames[k];
    const label = say('weight', { topic: nameOf('topics', topic), weight: percent(weight), low: percent(low), high: percent(high), n: writeNumber(n) });
    const style = { '--from': '0%', '--w': 100 * weight + '%', '--low': 100 * low + '%', '--high': 100 * (high - low) + '%', '--mean': 100 * means[k] + '%', '--c': colours.topics.get(topic) };
    return make('li', {}, makeBar(number, 'topics/' + topic, label, [make('span', {}, nameOf('topics', topic), make('small', {}, ' ×' + writeNumber(n))), make('span', { class: 'track', style }, make('span', { class: 'fill' }), make('span', { class: 'interval' }), make('span', { class: 'mean' })), make('span', { class: 'value' }, percent(weight))]));
  });
  return make('section', {}, make('h3', {}, say('weights')), make('ul', { class: 'bars' }, rows), make('p', { class: 'small' }, say('tick_hint')));
}

// A triangle whose corners are the three stances, a point per article.
function makePlace(number) {
  const side = 220, height = (side * Math.sqrt(3)) / 2, at = ([p, c, r]) => [20 + side * (c + r / 2), 26 + height - height * r];
  const line = make('polygon', { class: 'edge', points: `20,${26 + height} ${20 + side},${26 + height} ${20 + side / 2},26` });
  const corner = (stance, x, y, anchor) => make('text', { svg: true, x, y, 'text-anchor': anchor }, nameOf('stances', stance));
  const order = articles.map((article, place) => place).filter((place) => articles[place].stance && place !== number);
  if (articles[number].stance) order.push(number);
  const points = order.map((place) => {
    const article = articles[place], [x, y] = at(article.p), size = place === number ? 6 : 4;
    const shape = article.language === 'de' ? make('circle', { cx: x, cy: y, r: size }) : make('polygon', { points: `${x},${y - size * 1.3} ${x + size * 1.2},${y + size} ${x - size * 1.2},${y + size}` });
    const told = `${titleOf(article)}: ${nameOf('languages', article.language)}, ${nameOf('stances', article.stance)} ${percent(Math.max(...article.p))}`;
    return make('a', { svg: true, href: address('read', article.id), 'aria-label': told, 'aria-current': place === number ? 'true' : null, style: { '--c': colours.stances.get(article.stance) } }, make('title', {}, told), place === number ? make('circle', { class: 'ring', cx: x, cy: y, r: 10 }) : null, shape);
  });
  const picture = make('svg', { class: 'place', viewBox: `0 0 ${side + 40} ${height + 52}`, role: 'group', 'aria-label': say('place') }, line,
    corner(stanceNames[0], 8, height + 44, 'start'), corner(stanceNames[1], side + 32, height + 44, 'end'), corner(stanceNames[2], 20 + side / 2, 16, 'middle'), points);
  rove(picture, 'a');
  return make('section', {}, make('h3', {}, say('place')), picture, make('p', { class: 'small' }, say('place_hint')));
}
