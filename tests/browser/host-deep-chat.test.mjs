// The notice in the real deep-chat, which empties itself whenever one of its properties is set.
import { engine, holds, hostSite, page } from './hosts.mjs';
import { reaches } from './hosts-reach.mjs';

const address = hostSite({
  pages: {
    '/': page(`<main></main><script type="module">${engine}
import '/deep-chat/deepChat.bundle.js';
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
let chat;
let serial = 0;
const enter = () => {
  chat = document.createElement('deep-chat');
  chat.setAttribute('style', 'display:block;width:420px;max-width:100%;height:480px;background:Canvas;color-scheme:inherit');
  chat.setAttribute('connect', '{"url":"/chat","stream":true}');
  document.querySelector('main').replaceChildren(chat);
};
enter();
globalThis.mounted = mount('deep-chat', { ...options });
let speaker = 'ai';
globalThis.host = {
  async answer(text, by) {
    // The element knows nobody but \`ai\`: that a person took over is told by the page.
    if (by !== speaker) globalThis.mounted.update({ answeredBy: by });
    speaker = by;
    let words = '';
    for (const word of text.split(/(?<= )/)) {
      words += word;
      chat.addMessage({ text: words, role: 'ai', ...(words !== word && { overwrite: true }) });
      await pause(5);
    }
  },
  async redraw() {
    chat.introMessage = { text: 'Hello ' + serial++ };
    await pause(5);
  },
  leave() { history.pushState({}, '', '/other'); chat.remove(); },
  enter() { history.pushState({}, '', '/'); enter(); },
};
</script>`),
  },
});

const given = { everywhere: true, messages: '.ai-message', input: '#text-input' };
holds('deep-chat', address, given);
reaches('deep-chat', address, given);
