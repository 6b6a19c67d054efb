// The notice in the real Bot Framework Web Chat, over a Direct Line that lives in the page.
import { join } from 'node:path';
import { engine, holds, hostSite, page } from './hosts.mjs';
import { reaches } from './hosts-reach.mjs';
import { root } from './support.mjs';

const address = hostSite({
  folders: { '/web-chat/': join(root, 'node_modules/botframework-webchat/dist') },
  pages: {
    '/': page(`<main></main><script src="/web-chat/webchat.js"></script><script type="module">${engine}
import { webChat } from '/dist/hosts/web-chat.js';
const adapter = webChat();
const observers = new Set();
let serial = 0;
const send = (activity) => {
  serial += 1;
  const id = activity.id ?? 'a' + serial;
  // Explicit sequence ids: without them a second stream is sorted above what came before it.
  const whole = { from: { id: 'bot', role: 'bot' }, timestamp: new Date().toISOString(), ...activity, id,
    channelData: { ...activity.channelData, 'webchat:sequence-id': serial } };
  for (const observer of observers) observer.next(whole);
  return id;
};
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const directLine = () => ({
  activity$: { subscribe(observer) { observers.add(observer); return { unsubscribe: () => observers.delete(observer) }; } },
  connectionStatus$: { subscribe(observer) {
    const next = (status) => (observer.next ?? observer).call(observer, status);
    next(0);
    setTimeout(() => { next(1); next(2); });
    return { unsubscribe() {} };
  } },
  postActivity: () => ({ subscribe() { return { unsubscribe() {} }; } }),
  end() {},
  getSessionId: () => ({ subscribe() {} }),
});
let renders = 0;
let line;
let store;
const render = () => WebChat.renderWebChat({ directLine: line, store, userID: 'me', styleOptions: { typingAnimationDuration: 50, botAvatarInitials: 'A' + renders++ % 9 } }, document.querySelector('#chat'));
const enter = () => {
  const element = document.createElement('div');
  element.id = 'chat';
  element.style.cssText = 'width:420px;max-width:100%;height:520px';
  document.querySelector('main').append(element);
  line = directLine();
  store = WebChat.createStore({}, adapter.middleware);
  render();
};
enter();
globalThis.mounted = mount('#chat', { ...options, host: adapter });
let speaker = 'ai';
globalThis.host = {
  async answer(text, by) {
    if (by !== speaker) send({ type: 'event', name: 'handoff.status', value: { state: by === 'human' ? 'accepted' : 'completed' } });
    speaker = by;
    let stream;
    let words = '';
    let sequence = 0;
    for (const word of text.split(/(?<= )/)) {
      words += word;
      sequence += 1;
      const id = send({ type: 'typing', text: words, channelData: { streamType: 'streaming', streamSequence: sequence, ...(stream && { streamId: stream }) } });
      stream ??= id;
      await pause(5);
    }
    send({ type: 'message', text: words, channelData: { streamType: 'final', streamId: stream } });
    await pause(50);
  },
  async redraw() { render(); await pause(5); },
  leave() { history.pushState({}, '', '/other'); document.querySelector('#chat').remove(); },
  enter() { history.pushState({}, '', '/'); enter(); },
};
</script>`),
  },
});

const given = {
  everywhere: true,
  messages: '.webchat__basic-transcript__activity .webchat__bubble__content>:first-child', input: '[data-id=webchat-sendbox-input]',
  settle: (chat) => chat.until(() => !!document.querySelector('.webchat__send-box')),
};
holds('web-chat', address, given);
reaches('web-chat', address, given);
