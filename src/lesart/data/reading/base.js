// What all parts share: the data, making elements, words and numbers. Text goes into the page as text only.
const index = JSON.parse(document.getElementById('index').textContent);
const articles = index.articles;
const bodies = new Map();
const page = document.getElementById('page');
const QUOTED = 1, NEGATED = 2, GAP = 4, NOT_COUNTED = 8;
let labels = index.open_in;

// An article's text and hits: read when first asked for.
function bodyOf(number) {
  if (!bodies.has(number)) bodies.set(number, JSON.parse(document.getElementById('article-' + number).textContent));
  return bodies.get(number);
}

// An element with attributes ("on" holds listeners, "style" custom properties) and children, which are nodes or text.
function make(name, attributes, ...children) {
  const svg = ['svg', 'path', 'circle', 'polygon', 'line', 'title'].includes(name) || (attributes && attributes.svg);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (key === 'style') for (const [property, set] of Object.entries(value)) element.style.setProperty(property, set);
    else if (key !== 'svg' && value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

// {name} is a value; {name:one|more} is a word for one, and one for any other number.
function say(key, values) {
  return index.labels.texts[key][labels].replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (all, name, one, more) => {
    if (!values || !(name in values)) return all;
    return more === undefined ? String(values[name]) : String(values[name]) === '1' ? one : more;
  });
}

// Signs that turn what follows them: a name stands in the page's own sentences, and has none.
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

function nameOf(section, value) {
  const entries = index.labels[section];
  return Object.hasOwn(entries, value) ? entries[value][labels] : String(value).replaceAll('_', ' ').replace(TURNING, '');
}

function nameFeature(feature) {
  const [family, voice] = feature.split(' (');
  return voice ? `${nameOf('families', family)} (${nameOf('voices', voice.replace(')', ''))})` : nameOf('families', family);
}

const nameCategory = (concept) => nameOf(concept[0] === 'topics' ? 'topics' : 'families', concept[1]);
const nameConcept = (concept) => concept[4][labels];
const ruleOf = (concept) => concept[3][labels];

function writeNumber(value, decimals, sign) {
  if (value === null) return '–';
  const format = new Intl.NumberFormat(labels, { minimumFractionDigits: decimals || 0, maximumFractionDigits: decimals || 0, signDisplay: sign ? 'exceptZero' : 'auto' });
  return format.format(value).replace('-', '−');
}

const percent = (share, decimals) => writeNumber(100 * share, decimals) + (labels === 'de' ? '\u00a0%' : '%');

// What a stranger wrote, kept from turning the words around it.
const stranger = (text, language) => make('bdi', { dir: 'auto', lang: ['de', 'en'].includes(language) ? language : null }, text);
const titleOf = (article) => article.title || article.id;
const colours = { topics: new Map(index.topics), stance: new Map(index.families), stances: new Map(index.stances) };
const stanceNames = index.stances.map(([stance]) => stance);
const topicNames = index.topics.map(([topic]) => topic);
const colourOf = (concept) => (colours[concept[0]] && colours[concept[0]].get(concept[1])) || '#5f5f5f';
const byId = new Map(articles.map((article, place) => [article.id, place]));
const mainTopic = (article) => {
  const most = Math.max(...article.weights.map((row) => row[1]));
  return most > 0 ? topicNames[article.weights.findIndex((row) => row[1] === most)] : '';
};

// The mark of a stance: a shape for each, so that colour is not needed.
function stanceMark(stance) {
  const shapes = ['6,1 11,11 1,11', '1,1 11,1 11,11 1,11', '6,0 12,6 6,12 0,6'];
  const place = stanceNames.indexOf(stance);
  return make('svg', { class: 'shape', viewBox: '0 0 12 12', 'aria-hidden': 'true', style: { '--c': colours.stances.get(stance) || '#888' } }, place < 0 ? make('circle', { cx: 6, cy: 6, r: 4 }) : make('polygon', { points: shapes[place] }));
}

// One stop for the tab key in a group; arrow keys, Home and End go on from there.
function rove(group, selector) {
  const all = () => [...group.querySelectorAll(selector)];
  all().forEach((element, place) => element.setAttribute('tabindex', place ? '-1' : '0'));
  group.addEventListener('keydown', (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
    const here = event.target.closest(selector);
    if (!(event.key in steps) || !here) return;
    event.preventDefault();
    const list = all();
    stopAt(list[Math.max(0, Math.min(list.length - 1, list.indexOf(here) + steps[event.key]))]).focus();
  });
  group.addEventListener('focusin', (event) => { const here = event.target.closest(selector); if (here) stopAt(here); });
  function stopAt(element) {
    group.querySelectorAll(`${selector}[tabindex="0"]`).forEach((other) => other.setAttribute('tabindex', '-1'));
    element.setAttribute('tabindex', '0');
    return element;
  }
}

function field(label, control) {
  return make('label', { class: 'field' }, make('span', {}, label), control);
}

// A list to choose from; options are [value, name] or, in groups, [name of the group, options].
function chooser(options, chosen, onChange) {
  const option = ([value, name]) => (Array.isArray(name) ? make('optgroup', { label: value }, name.map(option)) : make('option', { value, selected: value === chosen }, name));
  return make('select', { on: { change: (event) => onChange(event.target.value) } }, options.map(option));
}
