// What pages do to a chat besides drawing it: storms of changes, rows that are used again for other messages, going away and coming back.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engines } from './engines.mjs';
import { engine, hostSite, page, stands } from './hosts.mjs';
import { open } from './support.mjs';

const address = await hostSite({
  pages: {
    '/': page(`<main id="chat" style="height:480px;overflow:hidden"><header>Support</header><ol></ol></main><script type="module">${engine}
import { bySelectors } from '/dist/widget.js';
// Ten rows for all messages, as a list does that draws only what can be seen.
const all = Array.from({ length: 200 }, (_, i) => ({ text: 'Message ' + i, by: i % 3 ? 'ai' : 'human' }));
const rows = Array.from({ length: 10 }, () => {
  const row = document.createElement('li');
  row.append(Object.assign(document.createElement('p'), { textContent: '-' }));
  return row;
});
document.querySelector('ol').append(...rows);
const scroll = (first) => rows.forEach((row, i) => {
  row.index = first + i;
  row.firstChild.firstChild.nodeValue = all[row.index].text;
});
scroll(0);
globalThis.mounted = mount('#chat', { ...options, host: bySelectors({ 'chat-header': { selector: 'header', at: 'after' } },
  { messages: { row: 'li', ai: 'p', by: (row) => all[row.index].by } }) });
globalThis.host = {
  scroll,
  /** The messages whose label says something else than the data. */
  wrong: () => rows.filter((row) => (getComputedStyle(row.firstChild, '::before').content !== 'none') !== (all[row.index].by === 'ai')).map((row) => all[row.index].text),
  /** Changes the list ten thousand times, in a hundred tasks. */
  async storm() {
    for (let task = 0; task < 100; task++) {
      for (let i = 0; i < 50; i++) document.querySelector('ol').append(document.createElement('li'));
      for (let i = 0; i < 50; i++) document.querySelector('ol').lastChild.remove();
      await new Promise((resolve) => setTimeout(resolve));
    }
  },
};
addEventListener('pageshow', ({ persisted }) => { globalThis.restored = persisted; });
</script>`),
    '/other': page('<p>Another page</p>'),
  },
});

describe('the notice in a page that changes', () => {
  it('stands through ten thousand changes', async () => {
    const chat = await open(`${address}/`);
    await stands(chat, 'before');
    await chat.evaluate(() => globalThis.host.storm());
    await stands(chat, 'after');
    assert.deepEqual(await chat.evaluate(() => globalThis.candorEvents.filter(([type]) => type === 'error')), []);
  });

  it('labels messages in rows that are used again', async () => {
    const chat = await open(`${address}/`);
    await stands(chat, 'at first');
    assert.deepEqual(await chat.evaluate(() => globalThis.host.wrong()), []);
    const wrong = await chat.evaluate(async () => {
      const found = [];
      for (let first = 1; first < 190; first += 7) {
        globalThis.host.scroll(first);
        await undefined;
        found.push(...globalThis.host.wrong());
      }
      return found;
    });
    assert.deepEqual(wrong, []);
  });

  // Playwright keeps Chromium from keeping pages.
  for (const { name, missing, open: openIn } of engines.filter((each) => each.name !== 'Chromium')) it(`is one when ${name} brings the page back as it was left`, { skip: missing }, async () => {
    const chat = await openIn(`${address}/`);
    await stands(chat, 'at first');
    await chat.goto(`${address}/other`);
    await chat.evaluate(() => void setTimeout(() => history.back()));
    await chat.until(() => globalThis.restored);
    await stands(chat, 'back again');
    await chat.close();
  });
});
