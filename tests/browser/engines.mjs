// One way to drive three browser engines: Chromium through Playwright, Firefox through WebDriver BiDi, WebKit (WebKitGTK's MiniBrowser on
// a virtual screen) through WebDriver. What they share is little: a page of its own storage, functions that run in it, and real clicks.
//
//     for (const { name, missing, open } of engines) it(name, { skip: missing }, async () => {
//       const page = await open('http://127.0.0.1:8080/');
//       await page.until(() => document.title === 'Shop');
//       await page.click(() => document.querySelector('button'));
//     });
import { spawn } from 'node:child_process';
import { accessSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import WebSocket from 'ws';

/**
 * @typedef {object} EnginePage
 * @property {(address: string) => Promise<void>} goto
 * @property {(run: Function | string, argument?: any) => Promise<any>} evaluate what `run` gives in the page, as JSON; a promise is waited for
 * @property {(run: Function | string, argument?: any) => Promise<any>} until the first truthy answer of `run`, within ten seconds
 * @property {(find: (argument?: any) => Element | null, argument?: any) => Promise<void>} click a click as by a person, once `find` finds what can be seen
 * @property {(address: string) => Promise<EnginePage>} tab another tab of the same person
 * @property {() => Promise<void>} close it, and its tabs
 */

const patience = 10_000;
const stops = [];
after(async () => {
  for (const stop of stops.reverse()) await stop();
});

const one = (make) => {
  let made;
  return () => (made ??= make());
};
const missing = (...files) => {
  const lacking = files.filter((file) => {
    try {
      accessSync(file);
      return false;
    } catch {
      return true;
    }
  });
  return lacking.length ? `${lacking.join(', ')} not installed: run script/bootstrap` : undefined;
};

/** What all engines build on `evaluate` and a click at a point. */
function pageOf({ goto, evaluate, clickAt, tab, close }) {
  const until = async (run, argument) => {
    const end = Date.now() + patience;
    let last;
    do {
      last = await evaluate(run, argument);
      if (last) return last;
      await sleep(50);
    } while (Date.now() < end);
    throw new Error(`never came true: ${run} (${JSON.stringify(argument)})`);
  };
  return {
    goto, evaluate, until, tab, close,
    async click(find, argument) {
      const body = `(argument) => {
        const element = (${find})(argument);
        if (!element) return null;
        element.scrollIntoView({ block: 'nearest' });
        const { x, y, width, height } = element.getBoundingClientRect();
        return width && height && { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      }`;
      const { x, y } = await until(body, argument);
      await clickAt(x, y);
    },
  };
}

const started = (command, args, options, line) => new Promise((resolve, reject) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let heard = '';
  const hear = (bytes) => {
    heard += bytes;
    const match = line.exec(heard);
    if (match) resolve({ child, match });
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${heard.slice(-2000)}`)));
  setTimeout(() => reject(new Error(`${command} did not start: ${heard.slice(-2000)}`)), 30_000).unref();
});

const stopped = (child) => new Promise((resolve) => {
  if (child.exitCode !== null || child.signalCode !== null) return resolve();
  child.once('exit', resolve);
  child.kill();
  setTimeout(() => child.kill('SIGKILL'), 3000).unref();
});

// --- Chromium --------------------------------------------------------------------------------------------------------

const chromiumBrowser = one(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });
  stops.push(() => browser.close());
  return browser;
});

async function openChromium(address) {
  const context = await (await chromiumBrowser()).newContext({ locale: 'en-GB' });
  const tab = async (first) => {
    const page = await context.newPage();
    await page.goto(first);
    return pageOf({
      goto: async (next) => void (await page.goto(next)),
      evaluate: (run, argument) => page.evaluate(`(${run})(${JSON.stringify(argument)})`),
      clickAt: (x, y) => page.mouse.click(x, y),
      tab, close: () => context.close(),
    });
  };
  return tab(address);
}

// --- Firefox ---------------------------------------------------------------------------------------------------------

const firefoxSession = one(async () => {
  const profile = mkdtempSync(join(tmpdir(), 'candor-firefox-'));
  const { child, match } = await started('/usr/bin/firefox-esr', ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile], {
    env: { ...process.env, MOZ_DISABLE_CONTENT_SANDBOX: '1', HOME: profile },
  }, /WebDriver BiDi listening on (ws:\S+)/);
  const socket = new WebSocket(`${match[1]}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const waiting = new Map();
  let id = 0;
  socket.on('message', (text) => {
    const { id: answered, type, result, error, message } = JSON.parse(text);
    const { resolve, reject } = waiting.get(answered) ?? {};
    waiting.delete(answered);
    if (type === 'error') reject?.(new Error(`${error}: ${message}`));
    else resolve?.(result);
  });
  const send = (method, params) => new Promise((resolve, reject) => {
    waiting.set(++id, { resolve, reject });
    socket.send(JSON.stringify({ id, method, params }));
  });
  stops.push(async () => {
    socket.close();
    await stopped(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  await send('session.new', { capabilities: {} });
  return send;
});

async function openFirefox(address) {
  const send = await firefoxSession();
  const { userContext } = await send('browser.createUserContext', {});
  const tab = async (first) => {
    const { context } = await send('browsingContext.create', { type: 'tab', userContext });
    const goto = async (next) => void (await send('browsingContext.navigate', { context, url: next, wait: 'complete' }));
    await goto(first);
    return pageOf({
      goto,
      async evaluate(run, argument) {
        const { type, result, exceptionDetails } = await send('script.callFunction', {
          functionDeclaration: `async (json) => JSON.stringify(await (${run})(json && JSON.parse(json)))`,
          arguments: [{ type: 'string', value: JSON.stringify(argument) ?? '' }], target: { context }, awaitPromise: true,
        });
        if (type === 'exception') throw new Error(exceptionDetails.text);
        return result.value && JSON.parse(result.value);
      },
      async clickAt(x, y) {
        const button = { button: 0 };
        await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', x, y }, { type: 'pointerDown', ...button }, { type: 'pointerUp', ...button }] }] });
      },
      tab, close: () => send('browser.removeUserContext', { userContext }),
    });
  };
  return tab(address);
}

// --- WebKit ----------------------------------------------------------------------------------------------------------

const miniBrowser = readdirSync('/usr/lib').flatMap((folder) => ['4.1', '4.0'].map((version) => `/usr/lib/${folder}/webkit2gtk-${version}/MiniBrowser`))
  .find((file) => !missing(file)) ?? 'MiniBrowser';

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

const webkitDriver = one(async () => {
  const home = mkdtempSync(join(tmpdir(), 'candor-webkit-'));
  const screen = await started('/usr/bin/Xvfb', ['-displayfd', '1', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {}, /^(\d+)\n/m);
  const port = await freePort();
  const driver = spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: `:${screen.match[1]}`, HOME: home, XDG_RUNTIME_DIR: home, LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1', NO_AT_BRIDGE: '1' }, stdio: 'ignore',
  });
  stops.push(async () => {
    await stopped(driver);
    await stopped(screen.child);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  for (let tries = 0; ; tries++) {
    try {
      await send('GET', '/status');
      return send;
    } catch (thrown) {
      if (tries > 100) throw thrown;
      await sleep(100);
    }
  }
});

/** The driver has one session at a time: a page that a failed test left open goes. */
let closeLast = async () => {};

async function openWebKit(address) {
  const send = await webkitDriver();
  await closeLast();
  const { sessionId } = await send('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] } } } });
  const at = `/session/${sessionId}`;
  let open = true;
  const close = async () => {
    if (open) await send('DELETE', at);
    open = false;
  };
  closeLast = () => close().catch(() => {});
  stops.push(closeLast);
  // One window at a time hears what is sent.
  let turn = Promise.resolve();
  const tabOf = (handle) => {
    const ask = (path, body) => (turn = turn.catch(() => {}).then(async () => {
      await send('POST', `${at}/window`, { handle });
      return send('POST', `${at}${path}`, body);
    }));
    return pageOf({
      goto: async (next) => void (await ask('/url', { url: next })),
      async evaluate(run, argument) {
        const [value, error] = await ask('/execute/async', {
          script: `const [json, done] = arguments;
            (async () => JSON.stringify(await (${run})(json && JSON.parse(json))))().then((value) => done([value ?? '']), (error) => done(['', String(error)]));`,
          args: [JSON.stringify(argument) ?? ''],
        });
        if (error) throw new Error(error);
        return value ? JSON.parse(value) : undefined;
      },
      async clickAt(x, y) {
        const button = { button: 0 };
        await ask('/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [{ type: 'pointerMove', x, y }, { type: 'pointerDown', ...button }, { type: 'pointerUp', ...button }] }] });
      },
      async tab(next) {
        const other = tabOf((await ask('/window/new', { type: 'window' })).handle);
        await other.goto(next);
        return other;
      },
      close,
    });
  };
  const page = tabOf(await send('GET', `${at}/window`));
  await page.goto(address);
  return page;
}

/** The engines in order; `missing` says what an engine lacks here. @type {{ name: string, missing: string | undefined, open: (address: string) => Promise<EnginePage> }[]} */
export const engines = [
  { name: 'Chromium', missing: missing('/usr/bin/chromium'), open: openChromium },
  { name: 'Firefox', missing: missing('/usr/bin/firefox-esr'), open: openFirefox },
  { name: 'WebKit', missing: missing('/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', miniBrowser), open: openWebKit },
];
