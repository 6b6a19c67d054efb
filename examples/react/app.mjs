import { createElement as h, useRef, useState } from 'react';
import { load } from 'candor';
import { useCandor } from './use-candor.mjs';

export const deployment = {
  operator: { name: 'Acme GmbH' },
  assistants: { helper: { name: 'Ada' } },
  channels: { chat: { type: 'chat-widget', assistant: 'helper' } },
  vouch: ['answeredBy'],
};

/** In the browser, once it is needed. The server has an engine of its own. */
const engine = () => load({ wasm: '/dist/candor.wasm', twin: '/dist/candor.nowasm.js', rules: '/dist/rules.pack', locales: ['/dist/locales/en.pack'], deployment, timeout: 10_000 });
const options = {
  engine, channel: 'chat', situation: { jurisdictions: ['DE'], languages: ['en'] },
  /** Where the files are that are loaded only when needed: a bundle has them nowhere beside itself. */
  get base() {
    return new URL('/dist/', document.baseURI);
  },
};

/** What the server decided stands before any script, until the first decision here stands in its place. */
function StaticNotice({ channel, notices }) {
  return h('div', { 'data-candor-static': channel }, notices.map(({ id, lang, dir, text }) => h('p', { key: id, lang, dir }, h('strong', null, text.title), ` ${text.body ?? ''}`)));
}

function Chat({ notices }) {
  const chat = useRef(null);
  const { decision, update } = useCandor(chat, options);
  const [count, setCount] = useState(0);
  return h('section', { ref: chat, 'aria-label': 'Support' },
    !decision && h(StaticNotice, { channel: 'chat', notices }),
    h('p', null, `Messages: ${count}`),
    h('button', { onClick: () => setCount(count + 1) }, 'Send'),
    h('button', { onClick: () => update({ answeredBy: 'human' }) }, 'A person answers'),
    h('button', { onClick: () => update({ answeredBy: undefined }) }, 'The assistant answers'));
}

/** @param {{ notices: readonly import('candor').Notice[] }} props what the server decided */
export function App({ notices }) {
  const [open, setOpen] = useState(true);
  return h('main', null, h('button', { onClick: () => setOpen(!open) }, open ? 'Close the chat' : 'Open the chat'), open && h(Chat, { notices }));
}
