// The list of articles on the left, with its filters.
const STEP = 100;
const wanted = { search: '', language: '', stance: '', topic: '', outlet: '' };
let filtersOpen = null;

function makeList() {
  const list = make('ul', { class: 'articles' });
  const count = make('p', { role: 'status', class: 'small' });
  const fill = () => fillList(list, count);
  const choose = (key, options) => field(say('filter_' + key), chooser([['', say('any')], ...options], wanted[key], (value) => { wanted[key] = value; fill(); }));
  const outlets = [...new Set(articles.map((article) => article.outlet))].filter(Boolean).sort();
  let waiting;
  const search = make('input', { type: 'search', value: wanted.search, autocomplete: 'off', on: { input: (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { wanted.search = event.target.value; fill(); }, 150);
  } } });
  const reset = make('button', { type: 'button', on: { click: () => {
    Object.keys(wanted).forEach((key) => { wanted[key] = ''; });
    aside.replaceWith(makeList());
    document.querySelector('.list input').focus();
  } } }, say('reset'));
  const filters = make('details', { open: filtersOpen ?? window.innerWidth > 700, on: { toggle: () => { filtersOpen = filters.open; } } }, make('summary', {}, say('filters')),
    choose('language', ['de', 'en'].map((code) => [code, nameOf('languages', code)])),
    choose('stance', stanceNames.map((stance) => [stance, nameOf('stances', stance)])),
    choose('topic', topicNames.map((topic) => [topic, nameOf('topics', topic)])),
    outlets.length ? choose('outlet', outlets.map((outlet) => [outlet, outlet])) : null, reset);
  const gone = index.left_out.length ? make('details', {}, make('summary', {}, say('left_out', { n: index.left_out.length })),
    make('ul', {}, index.left_out.map(([id, problem]) => make('li', {}, stranger(id), ': ', stranger(problem))))) : null;
  const aside = make('aside', { class: 'list', 'aria-label': say('articles') }, make('h2', {}, say('articles')), field(say('search'), search), filters, count, list, gone);
  fill();
  return aside;
}

function isWanted(article, place) {
  if ((wanted.language && article.language !== wanted.language) || (wanted.stance && article.stance !== wanted.stance)) return false;
  if ((wanted.topic && mainTopic(article) !== wanted.topic) || (wanted.outlet && article.outlet !== wanted.outlet)) return false;
  const words = wanted.search.toLowerCase().normalize('NFC').split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  const text = `${article.id} ${article.title} ${article.outlet}\n${article.sealed ? '' : bodyOf(place).text}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function fillList(list, count) {
  const chosen = articles.map((article, place) => place).filter((place) => isWanted(articles[place], place));
  count.textContent = say('n_shown', { n: writeNumber(chosen.length), total: writeNumber(articles.length) });
  list.replaceChildren();
  addItems(list, chosen, 0);
  markCurrent();
}

// A hundred at a time: two thousand are there at once, and shown when asked for.
function addItems(list, chosen, from) {
  list.append(...chosen.slice(from, from + STEP).map(makeItem));
  const left = chosen.length - from - STEP;
  if (left > 0) {
    const more = make('li', {}, make('button', { type: 'button', on: { click: () => {
      more.remove();
      addItems(list, chosen, from + STEP);
      list.children[from + STEP].querySelector('a, button').focus();
    } } }, say('more', { n: writeNumber(left) })));
    list.append(more);
  }
}

function makeItem(place) {
  const article = articles[place];
  const facts = [nameOf('languages', article.language), article.outlet, article.date, article.sealed ? say('sealed_short') : ''].filter((fact) => fact && fact !== 'unknown');
  return make('li', {}, make('a', { href: address('read', article.id), 'data-article': place }, make('span', { class: 'title' }, stranger(titleOf(article), article.language)),
    make('span', { class: 'facts' }, stanceMark(article.stance), article.stance ? nameOf('stances', article.stance) : say('no_stance'), facts.map((fact) => [' · ', stranger(fact)]))));
}

function markCurrent() {
  const [view, id] = whereTo();
  const current = view === 'read' ? byId.get(id) ?? 0 : -1;
  document.querySelectorAll('.articles a').forEach((link) => {
    if (Number(link.dataset.article) === current) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  });
}
