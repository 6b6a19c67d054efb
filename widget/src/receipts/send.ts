import type { Issue } from '../types.js';
import type { Line } from './chain.js';
import type { Keeping } from './keeping.js';

/** Where lines go, and how patiently. Times in milliseconds. */
export interface Sending {
  /** The operator's endpoint: takes POST with lines of JSON, answers 2xx once it has stored them. */
  readonly url: URL | string;
  /** Before the first new attempt; doubles with each. @default 1000 */
  readonly first?: number | undefined;
  /** The longest pause between two attempts. @default 300000 */
  readonly longest?: number | undefined;
}

/** What a browser lets go out while a page closes is 64 KiB. */
const mostBytes = 60_000;
const lock = 'candor.receipts.sending';

/**
 * Sends lines to an endpoint, each until it is taken: again after a pause where the network or the server fails, at once when
 * the network is back, and from the store when the next page opens. Only a random id names the browser: no cookie goes along.
 */
export function sender({ url, first = 1_000, longest = 300_000 }: Sending, keeping: Keeping, report: (issue: Issue) => void) {
  /** Lines that may not be stored, or not yet. */
  let memory: Line[] = [];
  let busy = false;
  let more = false;
  let waiting = false;
  let pause = first;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = async () => {
    more = true;
    if (busy) return;
    busy = true;
    stopWaiting();
    while (more) {
      more = false;
      // One tab sends, so that nothing goes out twice; the others look again later.
      const done = await (navigator.locks ? navigator.locks.request(lock, { ifAvailable: true }, (got) => got && sendAll()) : sendAll());
      if (done) pause = first;
      else wait();
      if (waiting) break;
    }
    busy = false;
  };
  const stopWaiting = () => {
    clearTimeout(timer);
    waiting = false;
  };
  const wait = () => {
    stopWaiting();
    waiting = true;
    // Browsers that lost the server together do not come back together.
    timer = setTimeout(() => void flush(), pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, longest);
  };
  /** False: something is left. */
  const sendAll = async (): Promise<boolean> => {
    for (;;) {
      const { unsent } = await keeping.read();
      const lines = batchOf([...unsent, ...memory]);
      if (!lines.length) return true;
      if (!await post(lines)) return false;
      const sent = new Set(lines.map(({ hash }) => hash));
      memory = memory.filter(({ hash }) => !sent.has(hash));
      await keeping.update((kept) => (kept.unsent.some(({ hash }) => sent.has(hash)) ? { ...kept, unsent: kept.unsent.filter(({ hash }) => !sent.has(hash)) } : kept));
    }
  };
  const post = async (lines: readonly Line[]): Promise<boolean> => {
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    try {
      const response = await fetch(url, {
        method: 'POST', body, keepalive: body.length * 3 < mostBytes, credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store',
        headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': lines[lines.length - 1]?.hash ?? '' },
      });
      if (response.ok) return true;
      const again = response.status >= 500 || response.status === 408 || response.status === 429;
      if (!again) report({ code: 'receipts-refused', path: '', message: `the endpoint for receipts answered ${response.status}` });
      pause = again ? Math.max(pause, 1_000 * (Number(response.headers.get('retry-after')) || 0)) : longest;
    } catch {
      // Offline, or the server is gone: the pause says when again.
    }
    return false;
  };
  addEventListener('online', () => {
    pause = first;
    void flush();
  });

  return {
    flush,
    /** Sends `line` when it can be. `stored`: it may lie in the store until then, and what waits in memory with it. */
    async add(line: Line, stored: boolean) {
      memory.push(line);
      if (stored) {
        const waiting = memory;
        memory = [];
        await keeping.update((kept) => ({ ...kept, unsent: [...kept.unsent, ...waiting] }));
      }
      if (!waiting) void flush();
    },
  };
}

/** As many lines as one request takes, at least one. A character has at most three bytes. */
function batchOf(lines: readonly Line[]): Line[] {
  let bytes = 0;
  return lines.filter((line, index) => (bytes += JSON.stringify(line).length * 3) <= mostBytes || index === 0);
}
