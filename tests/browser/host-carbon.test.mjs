// The notice in the real Carbon AI chat: in its own slots, through its nested shadow roots.
import { describe } from 'node:test';
import { bundled, engine, holds, page } from './hosts.mjs';
import { site } from './support.mjs';

const address = bundled('carbon.js').then((folder) => site({
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

describe('the notice in Carbon AI chat', () => {
  holds('carbon', address, {
    messages: (chat) => chat.locator('.cds-aichat--received--text'),
    settle: (chat) => chat.locator('cds-aichat-container [data-testid=chat_header]').waitFor(),
  });
});
