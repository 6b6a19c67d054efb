// The notice in an app on the real @assistant-ui/react: markup of the app's, which React takes away and draws again.
import { bundled, engine, holds, hostSite, page } from './hosts.mjs';
import { reaches } from './hosts-reach.mjs';

const style = `<style>.aui-thread-root{width:420px;max-width:100%;height:480px;border:1px solid #999;display:flex;flex-direction:column;font:14px sans-serif}header{padding:8px;background:#eee;color:#111}
.aui-thread-viewport{flex:1;overflow:auto;padding:8px}.aui-user-message-root{text-align:end;margin:6px}.aui-assistant-message-root{margin:6px}
.aui-user-message-content,.aui-assistant-message-content{display:inline-block;background:#f1f5f9;color:#111;padding:6px 10px;border-radius:8px}.aui-user-message-content{background:#dbeafe}p{margin:0}
.aui-composer-root{display:flex;border-top:1px solid #ccc}.aui-composer-input{flex:1}</style>`;

const address = bundled('assistant-ui.jsx').then((folder) => hostSite({
  folders: { '/app/': folder },
  pages: {
    '/': page(`<div id="root"></div><script src="/app/assistant-ui.js"></script><script type="module">${engine}
import { assistantUi } from '/dist/hosts/assistant-ui.js';
// The thread of a route is a new one: ask for the one that is there.
const thread = { subscribe: (changed) => globalThis.runtime.thread.subscribe(changed), getState: () => globalThis.runtime.thread.getState() };
globalThis.mounted = mount('.aui-thread-root', { ...options, host: assistantUi({ runtime: { thread } }) });
</script>`, style),
  },
}));

const given = { everywhere: true, messages: '.aui-assistant-message-content', input: '.aui-composer-input' };
holds('assistant-ui', address, given);
reaches('assistant-ui', address, given);
