// Where the reader is stands in the address (#read/id, #two/id/id, #concept/…, #keyness/…): the browser's way back works.
const VIEWS = ['read', 'two', 'concept', 'keyness'];
const address = (...parts) => '#' + parts.map(encodeURIComponent).join('/');

function whereTo() {
  let parts;
  try { parts = location.hash.slice(1).split('/').map(decodeURIComponent); } catch { parts = []; }
  return VIEWS.includes(parts[0]) ? parts : ['read'];
}

function makeHeader(view) {
  const links = VIEWS.map((name) => make('a', { href: address(...lastPlace[name]), 'aria-current': name === view ? 'page' : null }, say('view_' + name)));
  const languages = [['en', 'English'], ['de', 'Deutsch']].map(([code, name]) =>
    make('button', { type: 'button', lang: code, 'aria-pressed': String(code === labels), on: { click: () => switchLabels(code) } }, name));
  return make('header', {}, make('a', { class: 'skip', href: '#', on: { click: skip } }, say('skip')), make('h1', {}, say('title')),
    make('nav', { 'aria-label': say('views') }, links), make('div', { class: 'switch', role: 'group', 'aria-label': say('page_language') }, languages));
}

const lastPlace = Object.fromEntries(VIEWS.map((view) => [view, [view]]));

function skip(event) {
  event.preventDefault();
  document.querySelector('main').focus();
}

function switchLabels(code) {
  labels = code;
  document.documentElement.lang = code;
  document.title = say('title');
  show(true);
  document.querySelector('.switch [aria-pressed=true]').focus();
}

let shownView = '';

// Show what the address names; "anew" makes all of it again, as after a change of language.
function show(anew) {
  const [view, ...rest] = whereTo();
  lastPlace[view] = [view, ...rest];
  hideNote(true);
  if (anew || view !== shownView || !document.querySelector('main')) {
    page.replaceChildren(makeHeader(view), ...(view === 'read' ? [make('div', { class: 'room' }, makeList(), make('main', { tabindex: '-1' }))] : [make('main', { tabindex: '-1', class: 'wide' })]));
  }
  const main = document.querySelector('main');
  main.replaceChildren();
  ({ read: showArticle, two: showTwo, concept: showConcept, keyness: showKeyness })[view](main, ...rest);
  document.querySelector('nav').replaceWith(makeHeader(view).querySelector('nav'));
  if (shownView) window.scrollTo(0, view === 'read' && main.offsetTop > 200 && rest.length ? main.offsetTop : 0);
  if (shownView && !anew && rest.length) main.focus({ preventScroll: true });
  shownView = view;
}
