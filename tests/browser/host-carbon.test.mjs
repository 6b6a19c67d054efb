// The notice in the real Carbon AI chat: in its own slots, through its nested shadow roots.
import { bundled, engine, holds, hostSite, page } from './hosts.mjs';
import { reaches } from './hosts-reach.mjs';

const address = bundled('carbon.js').then((folder) => hostSite({
  folders: { '/app/': folder },
  pages: {
    '/': page(`<script src="/app/carbon.js"></script><script type="module">${engine}
import { carbon } from '/dist/hosts/carbon.js';
// The instance of a route is a new one: what listens to it asks for the one that is there.
const instance = { on: (handler) => globalThis.instance.on(handler), off: (handler) => globalThis.instance.off(handler) };
globalThis.mounted = mount('cds-aichat-container', { ...options, host: carbon({ instance }) });
</script>`),
  },
}));

const given = {
  messages: '.cds-aichat--received--text', input: '[data-testid=input_field]', phone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  settle: (chat) => chat.locator('cds-aichat-container [data-testid=chat_header]').waitFor(),
};
holds('carbon', address, given);
reaches('carbon', address, given);
