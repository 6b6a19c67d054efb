// What must this chat say in Germany today? Run: node examples/node/decide.mjs
import { readFile } from 'node:fs/promises';
import { load } from 'candor';

const file = (name) => readFile(new URL(`../../dist/${name}`, import.meta.url));
const engine = await load({
  wasm: await file('candor.wasm'),
  rules: await file('rules.pack'),
  locales: [await file('locales/de.pack')],
  deployment: { operator: { name: 'Acme GmbH' }, assistants: { helper: { name: 'Ada' } }, channels: { chat: { type: 'chat-widget', assistant: 'helper' } } },
});
const { notices, validUntil } = engine.decide({ jurisdictions: ['DE'], channel: 'chat', languages: ['de-AT'] });
for (const { slots, text } of notices) console.log(`${slots.join(', ')}: ${text.title} ${text.body ?? ''}`);
console.log(`valid until ${validUntil ?? 'further notice'}`);
