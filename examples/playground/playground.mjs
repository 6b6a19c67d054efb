// Everything that can be chosen, as one form: the form is the state, and the address keeps it.
import { load } from '../dist/widget.js';
import { date, element, link, list, words } from '../elements.mjs';
import { factControls, factsOf } from './facts.mjs';

const bytes = async (name) => (await fetch(`../dist/${name}`)).arrayBuffer();
const json = async (name) => (await fetch(`../vocabulary/${name}.json`)).json();
const languages = ['en', 'de', 'fr', 'es', 'ar', 'ja'];
const kinds = ['functional', 'personalisation', 'statistics', 'advertising', 'cross-site-tracking', 'ai-training', 'chat-recording', 'biometric', 'health-data'];
/** Purposes whose data usually goes to others. */
const others = ['advertising', 'cross-site-tracking'];
/** Channels that people meet in a page, and where: in a chat, or in the page itself. */
const inPage = { 'chat-widget': 'chat', app: 'chat', website: 'page', 'support-portal': 'page', advertisement: 'page', document: 'page' };
/** Before the first rule. */
const beginning = '2000-01-01';

const find = (selector) => document.querySelector(selector);
const form = find('form');
const frame = find('iframe');
const [{ facts }, { places }, wasm, rules, sources, ...locales] = await Promise.all([
  json('facts'), json('places'), bytes('candor.wasm'), bytes('rules.pack'), bytes('sources.pack'), ...languages.map((tag) => bytes(`locales/${tag}.pack`)),
]);
const named = new Map(places.map(({ code, name }) => [code, name]));
const valuesOf = (fact) => facts.find(({ name }) => name === fact).values;
const lifting = new Set(facts.filter(({ lifts }) => lifts).map(({ name }) => name));

// --- The form --------------------------------------------------------------------------------------------------------

const option = (value, text) => Object.assign(element('option', text), { value });
const tick = (name, value) => {
  const label = element('label', Object.assign(element('input'), { type: 'checkbox', name, value }), ` ${words(value)}`);
  label.className = 'tick';
  return label;
};
const placeControl = () => {
  const select = element('select', option('', 'Unknown'), ...places.filter(({ code }) => code !== '*').map(({ code, name }) => option(code, `${name} (${code})`)));
  select.name = 'place';
  return select;
};

/** One control for each place that is chosen, and an empty one for the next. */
function arrangePlaces(chosen) {
  const all = [...chosen, ''];
  const controls = find('#places').querySelectorAll('select');
  for (const control of [...controls].slice(all.length)) control.remove();
  for (const [index, code] of all.entries()) {
    const control = controls[index] ?? find('#places').appendChild(placeControl());
    control.setAttribute('aria-label', index ? 'Another place' : 'Place');
    control.options[0].textContent = index ? 'No other place' : 'Unknown';
    control.value = code;
  }
}

function write(text) {
  const chosen = new URLSearchParams(text);
  form.reset();
  arrangePlaces(chosen.getAll('place').filter((code) => named.has(code)));
  for (const control of form.elements) {
    const { name, type, value } = control;
    if (!name || name === 'place' || !chosen.has(name)) continue;
    if (type === 'checkbox') control.checked = chosen.getAll(name).includes(value);
    else if (!control.options || [...control.options].some((each) => each.value === chosen.get(name))) control.value = chosen.get(name);
    if (type === 'date' && !control.value) control.value = control.defaultValue;
  }
}

function read() {
  const data = new FormData(form);
  const every = (name) => data.getAll(name).filter((value) => value);
  const stated = factsOf(data, facts);
  const split = (lifts) => Object.fromEntries(Object.entries(stated).filter(([name]) => lifting.has(name) === lifts));
  const assistant = data.get('assistant');
  const deployment = {
    operator: { name: data.get('operator') },
    ...(assistant && { assistants: { helper: { name: assistant } } }),
    channels: { here: { type: data.get('channel'), ...(assistant && { assistant: 'helper' }), facts: split(false) } },
    purposes: every('purpose').map((kind) => ({ id: kind, kind, ...(others.includes(kind) && { shared: true, sells: true }) })),
    platforms: every('platform'),
    posture: data.get('posture'),
    vouch: Object.keys(split(true)),
  };
  const situation = { channel: 'here', languages: [data.get('language')], jurisdictions: every('place'), facts: { ...split(true), gpc: data.has('gpc') } };
  return { deployment, at: data.get('at'), situation };
}

// --- The answer ------------------------------------------------------------------------------------------------------

const keyOf = ({ rule, place, duty, topic }) => [rule, place, duty, topic].join(' ');
const items = (texts) => element('ul', ...texts.map((text) => element('li', text)));
const codes = (all) => all.length > 0 && element('span', ...all.flatMap((each) => [element('code', each), ' ']));

/** Since when each obligation of `at` applies, by going from one day of change to the next. */
function beginnings(decide, at) {
  let began = new Map();
  for (let day = beginning; day && day <= at;) {
    const { obligations, validUntil } = decide(day);
    began = new Map(obligations.map((each) => [keyOf(each), began.get(keyOf(each)) ?? day]));
    day = validUntil;
  }
  return began;
}

/** What is another on the next day of change. */
function change(decide, { obligations, validUntil }) {
  if (!validUntil) return [element('p', 'No change is known.')];
  const then = decide(validUntil).obligations;
  const without = (all, others) => all.filter((each) => !others.some((other) => keyOf(other) === keyOf(each)));
  const said = (verb) => ({ rule, topic, duty }) => `${verb}: ${words(topic ?? duty)} (${rule})`;
  const changes = [...without(then, obligations).map(said('Begins')), ...without(obligations, then).map(said('Ends'))];
  return [element('p', `Changes next on ${date(validUntil)}.`), items(changes.length ? changes : ['The same duties, with other words, severity or reasons.'])];
}

function explain(decide, decision) {
  const { at, notices, obligations, undetermined, warnings, consent } = decision;
  const began = beginnings(decide, at);
  const shown = notices.filter(({ armed }) => !armed);
  find('#why').replaceChildren(
    element('div', element('h2', shown.length ? `${shown.length} ${shown.length === 1 ? 'notice is' : 'notices are'} due` : 'No notice is due'),
      element('p', `Decided for ${date(at)}.`), ...change(decide, decision)),
    ...shown.map(({ topic, slots, text, lang, dir, verbatim }) => element('article', element('h3', words(topic)), element('p', slots.map(words).join(', ')),
      Object.assign(element('p', `${text.title} ${text.body ?? ''}`), { lang, dir }), ...verbatim.map((own) => Object.assign(element('p', own.text), { lang: own.lang })))),
    ...(consent ? [element('article', element('h3', 'Consent'), list({
      Model: words(consent.model), Asked: consent.prompt ? 'now' : 'not now', 'Privacy signal': words(consent.gpc),
      Purposes: Object.keys(consent.purposes).length > 0 && items(Object.entries(consent.purposes).map(([id, { state, model }]) => `${words(id)}: ${state} (${model})`)),
    }))] : []),
    ...obligations.map((each) => element('article', element('h3', words(each.topic ?? each.duty)), list({
      Because: `${each.source.law ?? each.source.id}${each.source.article ? `, ${each.source.article}` : ''} · ${named.get(each.place) ?? each.place}`,
      Since: began.get(keyOf(each)) === beginning ? `before ${date(beginning)}` : date(began.get(keyOf(each)) ?? at),
      Binding: `${words(each.severity)}, ${each.certainty}`, Facts: codes(each.because), Open: codes(each.needs),
      Checked: each.source.checked && element('span', `${date(each.source.checked)} · `, link(each.source.url, 'source')),
    }))),
    ...(undetermined.length ? [element('article', element('h3', 'Open'), list(Object.fromEntries(undetermined.map(({ rule, needs }) => [rule, codes(needs)]))))] : []),
    ...(warnings.length ? [element('article', element('h3', 'Warnings'), items(warnings.map(({ code, message }) => `${code}: ${message}`)))] : []),
  );
}

let mounted;
function preview(engine, { deployment, at, situation }) {
  const page = frame.contentDocument;
  const where = inPage[deployment.channels.here.type];
  mounted?.unmount();
  frame.hidden = !where;
  page.querySelector('#chat').hidden = where !== 'chat';
  Object.assign(page.documentElement, { lang: situation.languages[0], dir: situation.languages[0] === 'ar' ? 'rtl' : 'ltr' });
  if (!where) return;
  let record;
  mounted = frame.contentWindow.show(where, { engine, channel: 'here', situation: { ...situation, at }, cmp: false, store: { read: () => record, write: (next) => void (record = next) } });
}

let turn = 0;
async function show() {
  if (!form.checkValidity()) return;
  const mine = ++turn;
  const state = read();
  find('#config pre').textContent = JSON.stringify(state.deployment, null, 2);
  try {
    const engine = await load({ wasm, twin: new URL('../dist/candor.nowasm.js', location.href), rules, sources, locales, deployment: state.deployment, timeout: 10_000 });
    if (mine !== turn) return;
    const decide = (at) => engine.decide({ ...state.situation, at });
    const decision = decide(state.at);
    explain(decide, decision);
    find('#decision').textContent = JSON.stringify(decision, null, 2);
    preview(engine, state);
  } catch (thrown) {
    if (mine !== turn) return;
    find('#why').replaceChildren(element('h2', 'This cannot be decided'), items((thrown.errors ?? [thrown]).map(({ path, message }) => `${path ?? ''} ${message}`)));
  }
}

form.elements.channel.append(...valuesOf('channel').map((type) => option(type, words(type))));
form.elements.channel.querySelector('[value=chat-widget]').toggleAttribute('selected', true);
find('#purposes').append(...kinds.map((kind) => tick('purpose', kind)));
find('#platforms').append(...valuesOf('platforms').map((platform) => tick('platform', platform)));
find('#facts').append(...factControls(facts));

const keep = () => {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  history.replaceState(null, '', `#${new URLSearchParams(chosen)}`);
};
form.addEventListener('input', ({ target }) => {
  if (target.name === 'place') arrangePlaces(new FormData(form).getAll('place').filter((code) => code));
  keep();
  void show();
});
find('#again').addEventListener('click', () => {
  write('place=DE');
  keep();
  void show();
});
form.addEventListener('submit', (event) => event.preventDefault());
find('#config').addEventListener('click', async ({ target }) => {
  const what = target.dataset.copy;
  if (!what) return;
  await navigator.clipboard.writeText(what === 'config' ? find('#config pre').textContent : location.href);
  find('#config output').textContent = 'Copied.';
});
addEventListener('hashchange', () => {
  write(location.hash.slice(1));
  void show();
});
if (frame.contentDocument.readyState !== 'complete' || !frame.contentWindow.show) await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
write(location.hash.slice(1) || 'place=DE');
void show();
