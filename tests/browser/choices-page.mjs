// The page that the tests of choices open: a shop whose deployment is handed over, so that what is in dist/ is what runs.
import { open, site, until } from './support.mjs';

export const deployment = {
  operator: { name: 'Acme GmbH' },
  channels: { shop: { type: 'website' } },
  purposes: [
    { id: 'basket', kind: 'necessary', services: [{ id: 'shop', name: 'Acme basket', cookies: [{ name: 'basket' }] }] },
    { id: 'stats', kind: 'statistics', services: [
      { id: 'count', name: 'Visitor Count', recipient: 'Count Ltd', country: 'IE', policy: 'https://count.example/privacy', hosts: ['count.example'],
        cookies: [{ name: '_vc*' }, { name: 'visits', path: '/shop/deep' }], storage: ['vc:*'] }] },
    { id: 'ads', kind: 'advertising', shared: true, sells: true, services: [
      { id: 'adnet', name: 'AdNet', recipient: 'AdNet Inc.', country: 'US', cookies: [{ name: 'ad_id', domain: 'acme.example' }, { name: 'basket' }] },
      { id: 'reach', name: 'Reach' }] },
  ],
  links: { privacy: { url: 'https://acme.example/privacy' }, cookies: { url: 'https://acme.example/stored' }, 'do-not-sell': { url: 'https://acme.example/do-not-sell' } },
};

export const html = (place, { lang = 'en', dir = 'ltr', body = '' } = {}) => `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="candor-place" content="${place}"></head>
<body><main><h1>Shop</h1><input id="field" aria-label="Search"><p><a href="#top">Shoes</a></p></main>${body}
<script type="text/plain" data-candor="ads">globalThis.ads = true</script>
<script type="text/plain" data-candor="stats">globalThis.stats = true</script>
<script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="shop"></script></body></html>`;

export const base = await site({
  pages: {
    '/candor.json': JSON.stringify(deployment),
    '/': html('DE'), '/shop/deep/page': html('DE'), '/us': html('US-CA'), '/blank': '<!doctype html><title>Blank</title>',
    '/rtl': html('DE', { lang: 'ar', dir: 'rtl' }), '/de': html('DE', { lang: 'de' }),
    '/own': html('DE', { body: '<footer><a href="#" data-candor-choices>My settings</a> <span data-candor-slot="page-footer"></span></footer>' }),
  },
});

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
