// examples/react: rendered by a server, hydrated in StrictMode, drawn again and again, closed and opened.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'esbuild';
import { page } from '../../examples/react/server.mjs';
import { events, open, root, site } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'candor-react-'));
// React's development build: there effects run twice.
await build({ entryPoints: [join(root, 'examples/react/client.mjs')], outdir: folder, bundle: true, format: 'esm', logLevel: 'error', define: { 'process.env.NODE_ENV': '"development"' } });
const base = await site({ pages: { '/': page('/app/client.js') }, folders: { '/app/': folder } });

const title = 'You are chatting with an AI system.';
const drawn = (view) => view.locator('section candor-notice [role=note]').filter({ hasText: title });
const written = (view) => view.locator('[data-candor-static]');
const press = (view, name) => view.getByRole('button', { name }).click();
const once = async (view, when) => {
  await drawn(view).waitFor();
  await written(view).waitFor({ state: 'detached' });
  assert.equal(await drawn(view).count(), 1, when);
};

describe('examples/react', () => {
  it('stands without any script, and while the script is on its way', async () => {
    const plain = await open(base, { javaScriptEnabled: false });
    assert.match(await written(plain).innerText(), new RegExp(title));
    const view = await open('about:blank');
    const complaints = [];
    view.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await view.route('**/client.js', async (route) => {
      await held;
      await route.continue();
    });
    await view.goto(base, { waitUntil: 'commit' });
    await written(view).waitFor();
    assert.match(await written(view).innerText(), new RegExp(title));
    release();
    await once(view, 'after hydration');
    assert.deepEqual([view.seen.errors, complaints.filter((text) => !text.includes('favicon'))], [[], []], 'React found what it rendered');
  });

  it('is one notice over effects that run twice, 50 renders, a person who takes over, and a chat that is closed and opened', async () => {
    const view = await open(base);
    await once(view, 'hydrated');
    await view.evaluate(() => { document.querySelector('candor-notice').same = true; });
    for (let i = 0; i < 50; i++) await view.evaluate(() => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Send').click());
    await view.getByText('Messages: 50').waitFor();
    assert.equal(await view.evaluate(() => document.querySelector('candor-notice').same), true, 'it was not mounted again');
    await press(view, 'A person answers');
    await drawn(view).waitFor({ state: 'detached' });
    await press(view, 'The assistant answers');
    await once(view, 'the AI is back');
    await press(view, 'Close the chat');
    assert.equal(await view.locator('candor-notice').count(), 0);
    await press(view, 'Open the chat');
    await once(view, 'opened again');
    assert.deepEqual([view.seen.errors, await events(view, 'error')], [[], []]);
  });
});
