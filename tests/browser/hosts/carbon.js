// @carbon/ai-chat as a custom element; a person of the service desk is another user type of the same message.
import '@carbon/ai-chat/dist/es/web-components/cds-aichat-container/index.js';

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
let serial = 0;

const enter = () => {
  const element = document.createElement('cds-aichat-container');
  Object.assign(element, {
    openChatByDefault: true, injectCarbonTheme: 'white', header: { title: 'Support' }, messaging: { customSendMessage() {} },
    onBeforeRender(instance) {
      globalThis.instance = instance;
    },
  });
  document.body.append(element);
};
enter();

globalThis.host = {
  async answer(text, by) {
    const { messaging } = globalThis.instance;
    serial += 1;
    const id = `r${serial}`;
    const message_options = { response_user_profile: { id: by, nickname: by === 'human' ? 'Mina' : 'Ada', user_type: by === 'human' ? 'human' : 'bot' } };
    for (const word of text.split(/(?<= )/)) {
      await messaging.addMessageChunk({ streaming_metadata: { response_id: id }, partial_response: { message_options }, partial_item: { response_type: 'text', text: word, streaming_metadata: { id: '1' } } });
      await pause(5);
    }
    const item = { response_type: 'text', text, streaming_metadata: { id: '1' } };
    await messaging.addMessageChunk({ streaming_metadata: { response_id: id }, complete_item: item });
    await messaging.addMessageChunk({ final_response: { id, message_options, output: { generic: [item] } } });
    await pause(100);
  },
  async redraw() {
    document.querySelector('cds-aichat-container').header = { title: `Support ${serial++}` };
    await pause(5);
  },
  leave() { history.pushState({}, '', '/other'); document.querySelector('cds-aichat-container').remove(); },
  enter() { history.pushState({}, '', '/'); enter(); },
};
