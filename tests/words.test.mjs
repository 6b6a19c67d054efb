// Words for what is no page: mail, contracts, documents, tickets. Both command lines; what ships.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseDictionary } from 'structured-headers';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'candor-words-'));
after(() => rmSync(folder, { recursive: true }));

const hostile = '<img src=x onerror=alert(1)>"&';
const deployment = {
  operator: { name: `Acme ${hostile}`, contact: 'privacy@acme.example' },
  assistants: { helper: { name: hostile, providers: [{ name: 'Anthropic, PBC' }] } },
  channels: Object.fromEntries([['mail', 'email'], ['offer', 'contract'], ['paper', 'document'], ['help', 'support-portal'], ['chat', 'chat-widget']]
    .map(([id, type]) => [id, { type, assistant: 'helper' }])),
  purposes: [{ id: 'ads', kind: 'advertising' }],
  links: { privacy: { url: 'https://acme.example/privacy?a=1&b=2' }, cookies: { url: '/cookies' } },
};
writeFileSync(join(folder, 'candor.json'), JSON.stringify(deployment));

/** Both command lines, which must do the same. */
const snippet = (/** @type {string[]} */ ...more) => {
  const [native, wasm] = [[join(root, 'build/native/candor')], [process.execPath, join(root, 'wasm/cli.mjs')]].map(([program = '', ...rest]) =>
    spawnSync(program, [...rest, 'snippet', '--deployment', 'candor.json', ...more], { cwd: folder, encoding: 'utf8', env: { ...process.env, SOURCE_DATE_EPOCH: '1795132800' } }));
  assert.deepEqual([wasm?.status, wasm?.stdout, wasm?.stderr], [native?.status, native?.stdout, native?.stderr]);
  return { status: native?.status, out: native?.stdout ?? '', err: native?.stderr ?? '' };
};

describe('candor snippet outside a page', () => {
  it('gives mail its top and its signature, in HTML and in plain text', () => {
    const { out, err } = snippet('--channel', 'mail');
    const [top = '', signature = ''] = out.split('<!-- email-signature -->\n');
    assert.match(top, /^<!-- email-top -->\n<p lang="en" dir="ltr"><strong>This e-mail was written by an AI system\.<\/strong>/);
    assert.match(signature, /<p lang="en" dir="ltr"><a href="https:\/\/acme\.example\/privacy\?a=1&amp;b=2">Privacy<\/a><\/p>\n$/);
    assert.equal(snippet('--channel', 'mail', '--slot', 'email-top').out, top.replace('<!-- email-top -->\n', '').replace(/\n\n$/, '\n'));
    assert.match(err, /candor: \/links: found `\/cookies`, expected a whole address/);
    const text = snippet('--channel', 'mail', '--text').out;
    assert.match(text, /^\[email-top\]\nThis e-mail was written by an AI system\. It is called <img src=x onerror=alert\(1\)>"& and works automatically\./);
    assert.match(text, /\n\[email-signature\]\n([^]*\n)?Privacy: https:\/\/acme\.example\/privacy\?a=1&b=2\n$/);
  });

  it('holds nothing but paragraphs, in every language and channel, whatever the names are', () => {
    for (const channel of ['mail', 'offer', 'paper', 'help'])
      for (const [language, direction] of [['en', 'ltr'], ['de', 'ltr'], ['fr', 'ltr'], ['es', 'ltr'], ['ar', 'rtl'], ['ja', 'ltr']]) {
        const { out } = snippet('--channel', channel, '--lang', language ?? '', ...(channel === 'help' ? ['--slot', 'ticket'] : []));
        assert.ok(out.includes(`<p lang="${language}" dir="${direction}"><strong>`), `${channel} ${language}: ${out}`);
        assert.deepEqual(out.match(/<(?!\/?(p|strong|a)[ >]|!-- [a-z-]+ -->)[^>]*>/g), null, `${channel} ${language}`);
      }
    assert.ok(snippet('--channel', 'mail').out.includes('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;'));
  });

  it('says what the place asks for', () => {
    assert.equal(snippet('--channel', 'offer', '--place', 'DE').out.includes('AI system'), false);
    assert.match(snippet('--channel', 'offer').out, /uses an AI system to provide this service/);
    assert.match(snippet('--channel', 'help', '--slot', 'ticket', '--place', 'DE').out, /AI system/);
    assert.match(snippet('--channel', 'help').out, /<script src="candor\.one\.js" data-channel="help"/);
  });

  it('refuses a channel, a slot or a form that is not there', () => {
    for (const [words, fault] of /** @type {[string[], RegExp][]} */ ([
      [['--channel', 'mial'], /--channel: found `mial`.* \(mail\)/], [['--channel', 'mail', '--slot', 'composer'], /--slot: found `composer`/],
      [['--channel', 'chat', '--text'], /--text/], [['--channel', 'mail', '--place', 'ZZ9'], /ZZ9/], [['--slot', 'ticket', '--channel', 'mail'], /--slot/],
    ])) {
      const { status, err } = snippet(...words);
      assert.equal(status, 2, words.join(' '));
      assert.match(err, fault);
    }
  });
});

describe('examples/email', () => {
  it('writes a message with its header, its top and its signature', () => {
    const message = execFileSync(process.execPath, [join(root, 'examples/email/reply.mjs'), 'fr'], { encoding: 'utf8' });
    const [head = '', plain = '', html = ''] = message.split('--candor\n');
    assert.equal(String(parseDictionary(/^AI-Disclosure: (.*)$/m.exec(head)?.[1] ?? '').get('mode')?.[0]), 'machine-generated');
    assert.match(plain, /Cet e-mail a été rédigé par un système d’IA\.[^]*Returns are accepted[^]*https:\/\/acme\.example\/privacy/);
    assert.match(html, /<p lang="fr" dir="ltr"><strong>Cet e-mail[^]*<p>Returns are accepted[^]*<a href="https:\/\/acme\.example\/privacy">/);
  });
});
