// How the prompt, the preference centre, the way back and the offer to reload look and read: axe-core in each state at three widths, light
// and dark, from left and from right; nothing is cut off; a planted fault is found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { centre, prompt, shop, stands, ways } from './choices-page.mjs';
import { root, screenshot } from './support.mjs';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const widths = { narrow: { width: 320, height: 640 }, middle: { width: 768, height: 1024 }, wide: { width: 1280, height: 800 } };

/** What axe finds in `host`, of which it must have looked at something. */
async function faults(page, host) {
  if (!await page.evaluate(() => 'axe' in globalThis)) await page.evaluate(axe);
  await page.waitForTimeout(250);  // the fade is over
  const { violations, passes } = await page.evaluate((selector) => globalThis.axe.run({ include: [[selector]] }), host);
  assert.ok(passes.some(({ nodes }) => nodes.some(({ target }) => target.flat().length > 1)), `axe has looked into ${host}`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${JSON.stringify(target)}`));
}

/** Nothing lies outside of the window sideways, and nothing is wider than what holds it. */
async function cutOff(page, host) {
  return page.evaluate((selector) => {
    const { shadowRoot } = document.querySelector(selector);
    return [...shadowRoot.querySelectorAll('*')].filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > globalThis.innerWidth + 1 || (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
    }).map(({ localName, textContent }) => `${localName} ${textContent}`);
  }, host);
}

async function check(page, host, name) {
  assert.deepEqual(await faults(page, host), [], name);
  assert.deepEqual(await cutOff(page, host), [], name);
  await screenshot(page, name);
}

const press = (page, host, part) => page.locator(`${host} [part=${part}]`).click();

for (const [width, viewport] of Object.entries(widths)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [direction, path] of [['ltr', '/'], ['rtl', '/rtl']]) {
      it(`holds ${width}, ${colorScheme}, ${direction}`, async () => {
        const page = await shop(path, { viewport, colorScheme });
        const name = (state) => `choices-${state}-${width}-${colorScheme}-${direction}`;
        await prompt(page).waitFor();
        await check(page, 'candor-choices', name('prompt'));
        await press(page, 'candor-choices', 'choose');
        await centre(page).waitFor();
        await check(page, 'candor-centre', name('centre'));
        await centre(page).getByRole('switch').last().check();
        await check(page, 'candor-centre', name('centre-on'));
        await press(page, 'candor-centre', 'choose');
        await stands(page, 'ads', 'granted');
        await check(page, 'candor-ways', name('ways'));
        await press(page, 'candor-ways', 'withdraw');
        await page.locator('candor-reload').waitFor();
        await check(page, 'candor-reload', name('reload'));
      });
    }
    it(`holds ${width}, ${colorScheme}, California`, async () => {
      const page = await shop('/us', { viewport, colorScheme, prepare: () => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }) });
      await page.getByText('Opt-Out Request Honored').waitFor();
      await check(page, 'candor-ways', `choices-us-${width}-${colorScheme}`);
      await ways(page).getByRole('button', { name: 'Your Privacy Choices' }).click();
      await check(page, 'candor-centre', `choices-us-centre-${width}-${colorScheme}`);
    });
  }
}

describe('200 % zoom', () => {
  for (const [name, viewport] of Object.entries({ desk: { width: 640, height: 400 }, phone: { width: 320, height: 320 } })) {
    it(`leaves everything within reach, ${name}`, async () => {
      const page = await shop('/de', { viewport, deviceScaleFactor: 2 });
      await check(page, 'candor-choices', `choices-prompt-zoom-${name}`);
      const { y, height } = await prompt(page).boundingBox();
      assert.ok(y >= 0 && y + height <= viewport.height);
      await press(page, 'candor-choices', 'choose');
      await check(page, 'candor-centre', `choices-centre-zoom-${name}`);
      await centre(page).locator('[part=choose]').scrollIntoViewIfNeeded();
      await centre(page).locator('[part=choose]').click();
      await stands(page, 'ads', 'denied');
    });
  }
});

describe('forced colours', () => {
  it('keep the two answers alike, edges to what is pressed, and a switch that says where it stands', async () => {
    const page = await shop('/', { viewport: widths.narrow, forcedColors: 'active' });
    const look = (host, part) => page.locator(`${host} [part~=${part}]`).first().evaluate((element) => {
      const { color, backgroundColor, borderTopStyle, borderTopColor } = getComputedStyle(element);
      return { color, backgroundColor, borderTopStyle, borderTopColor };
    });
    await check(page, 'candor-choices', 'choices-prompt-forced-colours');
    const accept = await look('candor-choices', 'accept-all');
    assert.deepEqual(accept, await look('candor-choices', 'reject-all'));
    assert.equal(accept.borderTopStyle, 'solid');
    assert.notEqual(accept.borderTopColor, accept.backgroundColor);
    await press(page, 'candor-choices', 'choose');
    const off = await page.locator('candor-centre dialog').screenshot();
    await centre(page).getByRole('switch').last().check();
    await check(page, 'candor-centre', 'choices-centre-forced-colours');
    assert.notDeepEqual(await page.locator('candor-centre dialog').screenshot(), off, 'the switch looks another way');
  });
});

describe('on paper', () => {
  it('there is no question', async () => {
    const page = await shop('/');
    await prompt(page).waitFor();
    await page.emulateMedia({ media: 'print' });
    await screenshot(page, 'choices-print');
    assert.equal(await prompt(page).isVisible(), false);
  });
});

describe('what a finger meets', () => {
  it('is at least 24 px, and 44 px where it answers', async () => {
    const page = await shop('/', { viewport: widths.narrow });
    const sizes = (host) => page.evaluate((selector) => [...document.querySelector(selector).shadowRoot.querySelectorAll('button,a,input')].map((element) => {
      const { width, height } = (element.closest('label') ?? element).getBoundingClientRect();
      return { name: element.textContent, width, height, answers: !!element.closest('menu') };
    }), host);
    const all = await sizes('candor-choices');
    await press(page, 'candor-choices', 'choose');
    all.push(...await sizes('candor-centre'), ...await sizes('candor-ways'));
    assert.ok(all.length > 10);
    assert.deepEqual(all.filter(({ width, height, answers }) => width < 24 || height < (answers ? 44 : 24)), []);
  });
});

describe('axe', () => {
  for (const [host, opening] of [['candor-choices', []], ['candor-centre', ['choose']], ['candor-ways', []]]) {
    it(`finds a fault that is planted in ${host}`, async () => {
      const page = await shop();
      for (const part of opening) await press(page, 'candor-choices', part);
      await page.locator(host).waitFor({ state: 'attached' });
      await page.evaluate((selector) => document.querySelector(selector).shadowRoot.firstElementChild.append(document.createElement('button')), host);
      assert.match((await faults(page, host)).join(), /button-name/);
    });
  }

  it('finds a contrast that is too low', async () => {
    const page = await shop();
    await page.evaluate(() => document.querySelector('candor-choices').style.setProperty('--candor-soft', '#bbb'));
    assert.match((await faults(page, 'candor-choices')).join(), /color-contrast/);
  });
});
