// The shop that the tests of choices open, whatever opens it: its deployment is handed over, so that what is in dist/ is what runs.

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

const html = (place, { lang = 'en', dir = 'ltr', head = '', body = '' } = {}) => `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="candor-place" content="${place}"><link rel="icon" href="data:,">${head}</head>
<body><main><h1>Shop</h1><input id="field" aria-label="Search"><p><a href="#top">Shoes</a></p></main>${body}
<script type="text/plain" data-candor="ads">globalThis.ads = true</script>
<script type="text/plain" data-candor="stats">globalThis.stats = true</script>
<script src="/dist/candor.iife.js" data-config="/candor.json" data-channel="shop"></script></body></html>`;

export const pages = {
  '/candor.json': JSON.stringify(deployment),
  '/': html('DE'), '/shop/deep/page': html('DE'), '/us': html('US-CA'), '/blank': '<!doctype html><title>Blank</title>',
  '/rtl': html('DE', { lang: 'ar', dir: 'rtl' }), '/de': html('DE', { lang: 'de' }),
  '/own': html('DE', { body: '<footer><a href="#" data-candor-choices>My settings</a> <span data-candor-slot="page-footer"></span></footer>' }),
  '/no-channel': html('DE', { head: '<script>delete globalThis.BroadcastChannel</script>' }),
};
