// Who is speaking, what waits for a person, and what comes again, in the real deep-chat with the files that are loaded only then.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { chatDeployment, deepChatElement, events, open, root, screenshot, site } from './support.mjs';

const deployment = {
  ...chatDeployment, places: undefined, languages: undefined, platforms: ['jexi'], vouch: ['answeredBy', 'approvedBy'],
};
const companion = { ...deployment, platforms: undefined, assistants: { helper: { name: 'Ada', facts: { companion: true, assistantScope: 'general', sellsOrShares: false } } } };
const page = (config, place, { lang = 'en', at = '2026-11-20', facts = {}, more = '{}' } = {}) => `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><title>Chat</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><style>deep-chat{display:block;width:100%!important;max-width:420px;color-scheme:light dark;background:Canvas!important}</style></head>
<body>${deepChatElement}<script type="module">
import { load, mount } from '/dist/widget.js';
const engine = await load({ wasm: '/dist/candor.wasm', rules: '/dist/rules.pack', sources: '/dist/sources.pack', timeout: 10000,
  locales: ['en', 'de', 'ar', 'ja', 'fr', 'es'].map((tag) => '/dist/locales/' + tag + '.pack'), deployment: ${JSON.stringify(config)} });
globalThis.mounted = mount('deep-chat', { engine, channel: 'chat', situation: { at: '${at}', jurisdictions: ['${place}'], facts: ${JSON.stringify(facts)} }, ...(${more}) });
</script></body></html>`;
const base = await site({
  pages: {
    '/': page(deployment, 'DE'), '/ar': page(deployment, 'DE', { lang: 'ar' }), '/unknown': page(deployment, '*'), '/ut': page(chatDeployment, 'US-UT'),
    '/receipts': page(deployment, 'DE', { more: '{ receipts: {} }' }),
    '/ny': page(companion, 'US-NY'), '/wa': page(companion, 'US-WA', { at: '2027-02-01', facts: { consumer: true } }), '/ca': page(companion, 'US-CA', { facts: { knownMinor: true }, more: '{ receipts: {} }' }),
  },
});
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

const talking = async (path = '/', options = {}) => {
  const chat = await open('about:blank', options);
  if (options.prepare) await options.prepare(chat);
  await chat.goto(base + path);
  await chat.locator('deep-chat candor-notice').first().waitFor();
  return chat;
};
const status = (chat) => chat.locator('deep-chat candor-status [role=status]').filter({ hasText: /./ });
const notice = (chat) => chat.locator('deep-chat candor-notice [role=note]').filter({ hasText: /You are chatting with an AI system/ });
const loaded = (chat) => chat.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => /candor\.\w+\.js$/.exec(name)?.[0]).filter((name) => name));
const update = (chat, facts) => chat.evaluate((stated) => globalThis.mounted.update(Object.fromEntries(Object.entries(stated).map(([key, value]) => [key, value ?? undefined]))), facts);

describe('a person', () => {
  it('is offered as the rules ask, and asking is heard', async () => {
    const chat = await talking('/unknown');
    assert.deepEqual(await loaded(chat), []);
    await notice(chat).getByRole('button', { name: 'Talk to a person' }).click();
    await status(chat).getByText('Your request has been passed on.').waitFor();
    assert.deepEqual(await events(chat, 'action'), [{ id: 'human-agent', notice: 'ai-interaction' }]);
    assert.deepEqual(await loaded(chat), ['candor.talk.js']);
  });

  it('is announced where he takes over and where the AI comes back', async () => {
    const chat = await talking();
    await update(chat, { answeredBy: 'human' });
    await status(chat).getByText('A person has taken over.').waitFor();
    await notice(chat).waitFor({ state: 'detached' });
    await update(chat, { answeredBy: 'ai' });
    await status(chat).getByText('You are with the AI again.').waitFor();
    await notice(chat).waitFor();
  });

  it('who only helps or reads along is no person who answers', async () => {
    const chat = await talking();
    await update(chat, { answeredBy: 'mixed' });
    await notice(chat).waitFor();
    await update(chat, { answeredBy: 'human-reviewed' });
    await notice(chat).waitFor({ state: 'detached' });
    await update(chat, { answeredBy: 'mixed' });
    await notice(chat).waitFor();
    assert.equal(await status(chat).count(), 0);
  });
});

it('who asks whether it is an AI is answered at once', async () => {
  const chat = await open(`${base}/ut`);
  await chat.waitForFunction(() => globalThis.mounted?.decision);
  const armed = await chat.evaluate(() => globalThis.mounted.decision.notices.filter((each) => each.armed).map(({ topic }) => topic));
  assert.ok(armed.includes('ai-interaction'));
  assert.equal(await chat.locator('deep-chat candor-notice').filter({ hasText: 'AI system' }).count(), 0);
  const now = await chat.evaluate(() => {
    globalThis.mounted.update({ askedIfAi: true });
    return document.querySelector('deep-chat').shadowRoot.querySelector('candor-notice').shadowRoot.textContent;
  });
  assert.match(now, /AI system/);
});

describe('a sensitive action', () => {
  const ask = (chat, action = 'dns-change', facts = { sensitiveAction: [action] }) => chat.evaluate(([name, stated]) => {
    globalThis.stop = new AbortController();
    globalThis.answer = 'waiting';
    void globalThis.mounted.request(name, stated, globalThis.stop.signal).then((answer) => (globalThis.answer = answer));
  }, [action, facts]);
  const answered = (chat, wanted) => chat.waitForFunction((answer) => globalThis.answer === answer, wanted);

  it('waits for a person, with the clause, and goes on once one has approved', async () => {
    const chat = await talking('/receipts');
    await ask(chat);
    const line = status(chat);
    await line.getByText('A qualified person must approve this.').waitFor();
    assert.match(await line.innerText(), /Nothing changes until then\. Reason: .*jexi/i);
    assert.equal(await chat.evaluate(() => globalThis.answer), 'waiting');
    await update(chat, { approvedBy: 'unqualified-person' });
    await update(chat, { approvedBy: 'qualified-person' });
    await answered(chat, 'allowed');
    await line.getByText('A person has approved this.').waitFor();
    await chat.waitForFunction(async () => /"type":"approved"/.test(await globalThis.candor.receipts.export()));
  });

  it('is blocked where nobody waits any more, and leaves no line', async () => {
    const chat = await talking();
    await ask(chat);
    await status(chat).getByText('approve').waitFor();
    await chat.evaluate(() => globalThis.stop.abort());
    await answered(chat, 'blocked');
    await status(chat).waitFor({ state: 'detached' });
  });

  it('is refused with the clause where it is blocked for good, and allowed where no rule blocks it', async () => {
    const chat = await talking();
    await ask(chat, 'deception', { restrictedUse: ['deception'] });
    await answered(chat, 'blocked');
    await status(chat).getByText('This use is not allowed here.').waitFor();
    assert.ok(await status(chat).locator('a[href^=http],bdi').count());
    await ask(chat, 'push', {});
    await answered(chat, 'allowed');
  });

  it('is blocked where the part that asks a person cannot be loaded', async () => {
    const chat = await talking('/', { prepare: (view) => view.route('**/candor.talk.js', (route) => route.abort()) });
    await ask(chat);
    await answered(chat, 'blocked');
    assert.equal((await events(chat, 'error'))[0].code, 'unavailable');
  });
});

describe('what comes again', () => {
  const start = new Date('2026-11-24T09:00:00');
  const at = (path, options = {}) => talking(path, { ...options, prepare: (chat) => chat.clock.install({ time: start }) });
  const shown = async (chat, id = 'ai-interaction') => (await events(chat, 'shown')).filter((each) => each.notice === id).length;
  const times = (chat, count, id = 'ai-interaction') => chat.waitForFunction(([wanted, notice]) => globalThis.candorEvents.filter(([type, detail]) => type === 'shown' && detail.notice === notice).length === wanted, [count, id]);
  /** The clock on the wall goes on while timers run, as far as they do. */
  const pass = async (chat, duration) => {
    await chat.waitForFunction(() => Object.keys(globalThis.sessionStorage).length);
    await chat.clock.fastForward(duration);
  };
  const quiet = async (chat) => {
    await chat.clock.runFor(1_000);
    assert.equal(await status(chat).count(), 0);
  };

  it('comes every three hours, not before', async () => {
    const chat = await at('/ny');
    await times(chat, 1);
    await pass(chat, '02:59:00');
    await quiet(chat);
    await chat.clock.fastForward('00:01:30');
    await chat.clock.runFor(3_000);
    await status(chat).getByText('You are chatting with an AI system.').waitFor();
    await times(chat, 2);
    await chat.clock.fastForward('02:59:00');
    await chat.clock.runFor(1_000);
    assert.equal(await shown(chat), 2);
    await chat.clock.fastForward('00:02:00');
    await chat.clock.runFor(3_000);
    await times(chat, 3);
  });

  it('comes once after a long sleep', async () => {
    const chat = await at('/ny');
    await times(chat, 1);
    await pass(chat, '05:00:00');
    await chat.clock.runFor(60_000);
    await times(chat, 2);
    assert.equal(await status(chat).count(), 1);
  });

  it('is not put off by a reload', async () => {
    const chat = await at('/ny');
    await pass(chat, '02:50:00');
    await chat.reload();
    await chat.locator('deep-chat candor-notice').first().waitFor();
    await pass(chat, '00:09:00');
    await quiet(chat);
    await chat.clock.fastForward('00:01:30');
    await chat.clock.runFor(3_000);
    await status(chat).waitFor();
  });

  it('comes in one of two tabs', async () => {
    const first = await at('/ny');
    const second = await first.context().newPage();
    await second.clock.install({ time: start });
    await second.goto(`${base}/ny`);
    for (const tab of [first, second]) await tab.waitForFunction(() => Object.keys(globalThis.sessionStorage).length);
    for (const tab of [first, second]) await tab.clock.fastForward('03:00:30');
    await Promise.all([first, second].map((tab) => tab.clock.runFor(3_000)));
    await first.waitForFunction(() => true);
    const counts = await Promise.all([first, second].map((tab) => status(tab).count()));
    assert.equal(counts[0] + counts[1], 1, String(counts));
  });

  it('comes every hour to a minor, and at once where an hour is over', async () => {
    const chat = await at('/wa');
    await pass(chat, '01:10:00');
    await quiet(chat);
    await update(chat, { minorDirected: true });
    await chat.clock.runFor(3_000);
    await status(chat).waitFor();
  });

  it('asks to take a break when it is time, not before, and leaves that on record', async () => {
    const chat = await at('/ca');
    await chat.waitForFunction(() => globalThis.mounted.decision.notices.some(({ topic }) => topic === 'break'));
    await chat.clock.runFor(1_000);
    assert.doesNotMatch(await chat.locator('deep-chat').evaluate((element) => element.shadowRoot.querySelector('candor-notice').shadowRoot.textContent), /break/);
    await pass(chat, '03:00:30');
    await chat.clock.runFor(3_000);
    assert.match(await status(chat).innerText(), /It is time for a break\. Please take one at least every 3 hours\./);
    await times(chat, 1, 'break');
    assert.deepEqual((await events(chat, 'error')).filter(({ code }) => code === 'no-slot'), []);
    await chat.clock.runFor(3_000);
    await chat.waitForFunction(async () => (await globalThis.candor.receipts.export()).split('\n').some((line) => /"type":"shown"/.test(line) && /"id":"break"/.test(line)));
    await screenshot(chat, 'break');
  });
});

describe('the quiet line', () => {
  const looks = {
    wide: {}, narrow: { viewport: { width: 320, height: 640 } }, dark: { colorScheme: 'dark' }, 'forced-colours': { forcedColors: 'active' }, ar: { path: '/ar' },
  };
  for (const [name, { path, ...options }] of Object.entries(looks)) {
    it(`holds ${name}`, async () => {
      const chat = await talking(path, options);
      await chat.evaluate(() => void globalThis.mounted.request('dns-change', { sensitiveAction: ['dns-change'] }));
      await status(chat).waitFor();
      await chat.evaluate(axe);
      const { violations, passes } = await chat.evaluate(() => globalThis.axe.run({ include: [{ fromShadowDom: ['deep-chat', 'candor-status'] }] }));
      assert.ok(passes.some(({ nodes }) => nodes.some(({ target }) => target.flat().length > 1)), 'axe has looked into it');
      assert.deepEqual(violations.map(({ id }) => id), []);
      assert.ok(await status(chat).evaluate((element) => element.scrollWidth <= element.clientWidth && document.documentElement.scrollWidth <= globalThis.innerWidth));
      if (path) assert.match(await status(chat).innerText(), /^يجب أن يوافق شخص مؤهل على هذا\..*السبب: Jexi/s);
      await screenshot(chat, `status-${name}`);
    });
  }
});
