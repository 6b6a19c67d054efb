// The shop in Chromium, for tests of choices.
import { pages } from './choices-site.mjs';
import { open, site, until } from './support.mjs';

export const base = await site({ pages });

export const prompt = (page) => page.locator('candor-choices section');
export const centre = (page) => page.locator('candor-centre dialog');
export const ways = (page) => page.locator('candor-ways');
export const answer = (page, name) => prompt(page).getByRole('button', { name, exact: true });

/** Opens the shop and waits until it has decided. `prepare` runs in the page before any script of it. */
export async function shop(path = '/', { prepare, ...options } = {}) {
  const page = await open('about:blank', options);
  if (prepare) await page.addInitScript(prepare);
  await page.goto(base + path);
  await decided(page);
  return page;
}

export const decided = (page) => page.waitForFunction(() => globalThis.candorEvents.some(([type]) => type === 'decision'));

/** Another tab of the same person. */
export async function tab(page, path = '/', prepare = undefined) {
  const other = await page.context().newPage();
  if (prepare) await other.addInitScript(prepare);
  await other.addInitScript(() => {
    globalThis.candorEvents = [];
    for (const type of ['decision', 'choice', 'error'])
      addEventListener(`candor:${type}`, ({ detail }) => globalThis.candorEvents.push([type, detail, Date.now()]));
  });
  await other.goto(base + path);
  await decided(other);
  return other;
}

/** What ran, and where the person stands with each purpose. */
export async function state(page) {
  await page.waitForTimeout(150);
  return page.evaluate(() => {
    const { purposes } = globalThis.candor.mounted.decision.consent;
    return { ran: ['ads', 'stats'].filter((id) => globalThis[id]), standing: Object.fromEntries(Object.entries(purposes).map(([id, { standing }]) => [id, standing])) };
  });
}

export const standingOf = (page, id) => page.evaluate((purpose) => globalThis.candor.mounted.decision.consent.purposes[purpose].standing, id);
export const stands = (page, id, standing) => page.waitForFunction(([purpose, wanted]) => globalThis.candor?.mounted?.decision?.consent.purposes[purpose].standing === wanted, [id, standing]);
/** Until what was chosen is in IndexedDB too. */
export const kept = (page) => until(page, async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === 'candor')) return false;
  return new Promise((resolve) => {
    const request = indexedDB.open('candor');
    request.onsuccess = () => {
      const all = request.result.transaction('records').objectStore('records').getAll();
      all.onsuccess = () => {
        request.result.close();
        resolve(JSON.stringify(all.result[0]) === (localStorage.getItem('candor.choices') ?? JSON.stringify(all.result[0])));
      };
    };
  });
});
