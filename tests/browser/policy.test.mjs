// Content security policies: a notice under each of them, from every way of loading, without one violation.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { built, chatDeployment, open, site } from './support.mjs';

const folder = built(chatDeployment);
const policies = {
  'none': undefined,
  "script-src 'self'": "script-src 'self'",
  "wasm-unsafe-eval": "script-src 'self' 'wasm-unsafe-eval'",
  'nonce and strict-dynamic': "script-src 'nonce-n' 'strict-dynamic'",
  "default-src 'none'": "default-src 'none'; script-src 'self'",
  "default-src 'none' and wasm": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
  "default-src 'self'": "default-src 'self'",
  'Trusted Types': "require-trusted-types-for 'script'; trusted-types 'none'; script-src 'self' 'wasm-unsafe-eval'",
  'Trusted Types and strict-dynamic': "require-trusted-types-for 'script'; trusted-types 'none'; script-src 'nonce-n' 'strict-dynamic'; style-src 'none'",
};
/** Refused tries that are followed by another way: compiling WebAssembly, and fetching what can be imported. */
const tried = /^(script-src wasm-eval|connect-src )/;

for (const [name, policy] of Object.entries(policies)) {
  describe(`policy: ${name}`, () => {
    for (const file of ['candor.one.js', 'candor.plan.js', 'candor.js']) {
      it(file, async () => {
        const base = await site({
          pages: {
            '/': `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Chat</title></head><body><div id="chat"></div>
              <script nonce="n" src="/site/${file}" data-channel="chat" data-place="DE" data-target="#chat"></script></body></html>`,
          },
          folders: { '/site/': folder },
          headers: policy ? { 'content-security-policy': policy } : {},
        });
        const chat = await open(base);
        const notice = chat.locator('#chat candor-notice [role=note]').filter({ hasText: 'KI' });
        await notice.waitFor();
        await chat.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));
        assert.match(await notice.innerText(), /Sie chatten mit einem KI-System\./);
        assert.equal(await notice.evaluate((element) => getComputedStyle(element).position), 'relative', 'the style is applied');
        assert.deepEqual(chat.seen.violations.filter((violation) => !tried.test(violation)), []);
        assert.deepEqual(chat.seen.errors, []);
      });
    }
  });
}
