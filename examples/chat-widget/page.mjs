import { load, mount } from './dist/widget.js';
import { date, element, link, list, words } from './elements.mjs';

const deployment = await (await fetch('candor.json')).json();
const dist = new URL('dist/', location.href);
const engine = await load({
  wasm: new URL('candor.wasm', dist),
  twin: new URL('candor.nowasm.js', dist),
  rules: new URL('rules.pack', dist),
  sources: new URL('sources.pack', dist),
  locales: ['en', 'de', 'fr', 'es', 'ar', 'ja'].map((tag) => new URL(`locales/${tag}.pack`, dist)),
  deployment,
  timeout: 10_000,
});

const form = document.querySelector('#moment');
const chat = document.querySelector('deep-chat');
const why = document.querySelector('#why');
let mounted;

function show() {
  const { place, channel, at, language, answeredBy } = Object.fromEntries(new FormData(form));
  mounted?.unmount();
  why.replaceChildren();
  mounted = mount(chat, {
    engine,
    channel,
    situation: {
      at, languages: [language], ...(place && { jurisdictions: [place] }), ...(answeredBy && { facts: { answeredBy } }),
    },
    onEvent({ type, detail }) {
      if (type === 'decision') explain(detail, channel);
      if (type === 'error' && channel !== 'mail') why.append(element('p', detail.message));
    },
  });
}

function explain(decision, channel) {
  const { notices, obligations, undetermined, validUntil, at } = decision;
  const shown = notices.filter(({ armed }) => !armed);
  why.replaceChildren(
    element('div', element('h2', shown.length ? 'Why this notice' : 'No notice is due'),
      element('p', validUntil ? `Decided for ${date(at)}. Changes next on ${date(validUntil)}.` : `Decided for ${date(at)}. No change is known.`)),
    // An e-mail is not written in this page: its words are shown here.
    ...(channel === 'mail' ? shown : []).map(({ slots, text, lang, dir }) => element('article', element('h3', slots.map(words).join(', ')),
      Object.assign(element('p', `${text.title} ${text.body}`), { lang, dir }))),
    ...obligations.map(({ place, topic, duty, severity, certainty, because, source }) => element('article',
      element('h3', words(topic ?? duty)),
      list({
        Because: `${source.law ?? source.id}${source.article ? `, ${source.article}` : ''} · ${placeName(place)}`,
        Binding: `${words(severity)}, ${certainty}`,
        Facts: because.length > 0 && element('span', ...because.flatMap((fact) => [element('code', fact), ' '])),
        Checked: source.checked && element('span', `${date(source.checked)} · `, link(source.url, 'source')),
      }))),
    ...(undetermined.length ? [element('article', element('h3', 'Open'), list(Object.fromEntries(
      undetermined.map(({ rule, needs }) => [rule, element('span', 'needs ', ...needs.flatMap((fact) => [element('code', fact), ' ']))]))))] : []),
  );
}

function placeName(code) {
  return code === '*' ? 'unknown place' : form.elements.place.querySelector(`[value="${code}"]`)?.textContent ?? code;
}

form.addEventListener('input', () => form.checkValidity() && show());
form.addEventListener('submit', (event) => event.preventDefault());
show();
