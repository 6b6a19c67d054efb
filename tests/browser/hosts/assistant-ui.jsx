// An app on @assistant-ui/react with the class names of its own template; its model is `globalThis.next`.
import { AssistantRuntimeProvider, ComposerPrimitive, MessagePrimitive, ThreadPrimitive, useLocalRuntime } from '@assistant-ui/react';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
let answer = { text: '', by: 'ai' };

const model = {
  async *run() {
    const { text, by } = answer;
    let words = '';
    for (const word of text.split(/(?<= )/)) {
      words += word;
      yield { content: [{ type: 'text', text: words }], metadata: { custom: { answeredBy: by } } };
      await pause(5);
    }
  },
};
const User = () => <MessagePrimitive.Root className="aui-user-message-root"><div className="aui-user-message-content"><MessagePrimitive.Parts /></div></MessagePrimitive.Root>;
const Assistant = () => <MessagePrimitive.Root className="aui-assistant-message-root"><div className="aui-assistant-message-content"><MessagePrimitive.Parts /></div></MessagePrimitive.Root>;

function Chat({ turn }) {
  const runtime = useLocalRuntime(model);
  useEffect(() => void (globalThis.runtime = runtime), [runtime]);
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root className="aui-thread-root">
        <header>Support {turn}</header>
        <ThreadPrimitive.Viewport className="aui-thread-viewport">
          <ThreadPrimitive.Messages components={{ UserMessage: User, AssistantMessage: Assistant }} />
        </ThreadPrimitive.Viewport>
        <ComposerPrimitive.Root className="aui-composer-root">
          <ComposerPrimitive.Input className="aui-composer-input" placeholder="Send a message" />
          <ComposerPrimitive.Send className="aui-composer-send">Send</ComposerPrimitive.Send>
        </ComposerPrimitive.Root>
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
  );
}

function App() {
  const [turn, redraw] = useState(0);
  const [away, go] = useState(false);
  useEffect(() => {
    globalThis.host = {
      async answer(text, by) {
        answer = { text, by };
        globalThis.runtime.thread.append({ role: 'user', content: [{ type: 'text', text: 'Hello' }] });
        const end = Date.now() + 5000;
        while (!document.body.textContent.includes(text)) {
          if (Date.now() > end) throw new Error('no answer');
          await pause(10);
        }
        await pause(50);
      },
      async redraw() { redraw((before) => before + 1); await pause(5); },
      leave() { history.pushState({}, '', '/other'); go(true); },
      enter() { history.pushState({}, '', '/'); go(false); },
    };
  }, []);
  return away ? <p>Another page</p> : <Chat turn={turn} />;
}

createRoot(document.querySelector('#root')).render(<App />);
