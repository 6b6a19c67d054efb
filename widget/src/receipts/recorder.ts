import { failure } from '../engine/error.js';
import type { Decision, Notice } from '../types.js';
import type { Mount, Seen } from '../witness.js';
import type { About } from './about.js';
import { endOf, next, referenceTo, type Body, type Line } from './chain.js';
import { randomId, sha256 } from './hash.js';
import type { Hidden } from './hidden.js';
import { localKeeping, type Keeping } from './keeping.js';
import { receiptOf, type Shown, type Taken } from './receipt.js';
import { sender, type Sending } from './send.js';
import { wordsOf } from './text.js';
import { verifyReceipts } from './verify.js';
import { watcher } from './watch.js';

/** How receipts are written. */
export interface ReceiptsOptions extends Omit<Sending, 'url'> {
  /** The operator's endpoint, which lines are sent to. Without one they stay in the browser. */
  readonly url?: URL | string | undefined;
  /** What a receipt says of the processing beside the choice. */
  readonly about?: About | undefined;
  /** Where choices and unsent lines are kept. Default: in IndexedDB. */
  readonly keeping?: Keeping | undefined;
  /** Address of `receipts.js`. Default: beside the script that mounts. */
  readonly module?: URL | string | undefined;
}

/** What a page can do with its receipts. */
export interface Receipts {
  /** All lines of this browser, choices first, as JSON Lines that end by saying where they end. */
  export(): Promise<string>;
  /**
   * Takes back choices that were exported here, where the store lost them.
   * @throws CandorError with what is wrong in the file, or `other-chain`: this browser has receipts of its own
   */
  import(text: string): Promise<void>;
  /** Checks a file, as `candor receipts --verify` does. */
  verify: typeof verifyReceipts;
}

/** One notice on one element. */
interface Life {
  readonly notice: Notice;
  readonly words: string;
  /** Milliseconds that it was visible before the element changed. */
  readonly earlier: number;
  shown: boolean;
}

interface Stand {
  readonly mount: Mount;
  lives: Life[];
}

/** A notice that could be seen for so long. */
interface SeenLife {
  readonly life: Life;
  readonly visible: number;
}

/** A page under attack must not fill the endpoint. */
const mostEvidence = 500;
/** What a host may have recorded. */
const fromHosts = ['acknowledged', 'asked-for-a-person', 'escalated', 'false-alarm', 'reported', 'approved'];
/** Actions of a notice that are events of their own. */
const saying: Readonly<Record<string, string>> = { 'human-agent': 'asked-for-a-person', report: 'reported', 'report-security': 'reported' };

/**
 * Writes down what a page showed and what was chosen there. `configured`: the operator asked for it, so all of it; else only the
 * events that a decision's `records` name. Choices are kept in the store; all else stays in memory until it is sent, and may wait
 * in the store only once a choice lies there or a decision's `records` ask for it.
 */
export function recorder(options: ReceiptsOptions, configured: boolean) {
  const { about = {}, keeping = localKeeping(), url, first, longest } = options;
  const stands = new Map<Element, Stand>();
  const decisions = new Map<Mount, Decision>();
  const evidence: Line[] = [];
  const chain = randomId();
  const reported = new Set<string>();
  let prompt: Element | undefined;
  /** The prompt that was answered: it goes before the answer is taken. */
  let answered: readonly SeenLife[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let anyMount: Mount | undefined;
  const sending = url === undefined ? undefined : sender({ url, first, longest }, keeping, (issue) => anyMount?.report(issue));
  void sending?.flush();

  const asked = (mount: Mount, type: string) => !!decisions.get(mount)?.records.some(({ events }) => events.includes(type));
  const wants = (mount: Mount, type: string) => configured || asked(mount, type);
  /** One after the other: each line holds the hash of the one before. */
  const inTurn = (mount: Mount, work: () => Promise<unknown>) => {
    last = last.then(work).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (!reported.has(message)) mount.report({ code: 'receipts-failed', path: '', message });
      reported.add(message);
    });
  };

  const note = (mount: Mount, type: string, lives: readonly Life[], at: number, more: Record<string, unknown> = {}) => {
    if (!wants(mount, type) || evidence.length >= mostEvidence) return;
    const { rules, at: day } = decisions.get(mount) ?? {};
    const stored = asked(mount, type);
    inTurn(mount, async () => {
      const { lines } = await keeping.read();
      const choice = lines[lines.length - 1];
      const notices = await Promise.all(lives.map(async ({ notice: { id, lang }, words }) => ({ id, lang, sha256: await sha256(words) })));
      const after = !evidence.length && choice ? [referenceTo(choice)] : undefined;
      const line = await next(chain, evidence[evidence.length - 1], { type, channel: mount.channel, notices, rules, day, after, ...more } as Body, iso(at));
      evidence.push(line);
      await sending?.add(line, stored || lines.length > 0);
    });
  };

  const choose = (mount: Mount, choice: Taken, shown: readonly SeenLife[], trusted: boolean, at: number) => inTurn(mount, async () => {
    const texts: Shown[] = await Promise.all(shown.map(async ({ life: { notice: { id, topic, lang }, words }, visible }) => ({ id, topic, lang, visible, sha256: await sha256(words) })));
    const seen = evidence[evidence.length - 1];
    // Another tab may write between reading and writing: then the line is made again, after that tab's.
    for (let line: Line | undefined, added = false; !added;) {
      const { lines } = await keeping.read();
      const before = lines[lines.length - 1];
      const id = before?.chain ?? randomId();
      const body = receiptOf(choice, { trusted, channel: mount.channel, shown: texts }, about, id);
      line = await next(id, before, seen ? { ...body, after: [referenceTo(seen)] } : body, iso(at));
      const fresh = line;
      await keeping.update((kept) => {
        added = kept.lines[kept.lines.length - 1]?.hash === before?.hash;
        return added ? { ...kept, lines: [...kept.lines, fresh] } : kept;
      });
      if (added) await sending?.add(fresh, true);
    }
  });

  const visible = (node: Element, { earlier }: Life) => earlier + watch.visible(node);
  const watch = watcher({
    seen(node, time) {
      for (const life of stands.get(node)?.lives ?? []) {
        life.shown = true;
        note(stands.get(node)!.mount, 'shown', [life], Date.now(), { visible: life.earlier + time });
      }
    },
    hidden(node, why) {
      const stand = stands.get(node);
      if (!stand) return;
      note(stand.mount, 'removed', stand.lives, Date.now(), { why });
      complain(stand, why);
    },
    restored(node) {
      const stand = stands.get(node);
      if (stand) note(stand.mount, 'restored', stand.lives, Date.now());
    },
  });
  const complain = ({ mount, lives }: Stand, why: Hidden) => {
    const names = lives.map(({ notice }) => `\`${notice.id}\``).join(', ');
    mount.report(why === 'gone'
      ? { code: 'not-restored', path: '', message: `the page took away ${names}, and it cannot be put back` }
      : { code: 'hidden', path: '', message: `${names} stands in the page and cannot be seen: ${why}` });
  };

  const stand = (mount: Mount, node: Element, notices: readonly Notice[], at: number) => {
    const old = stands.get(node);
    const labels = Object.values(decisions.get(mount)?.consent?.purposes ?? {}).map(({ label }) => label ?? '');
    const now = notices.map((notice) => ({ notice, words: wordsOf(notice, notice.topic === 'consent-prompt' ? labels : []) }));
    const same = (one: { words: string }) => (other: { words: string }) => one.words === other.words;
    const gone = old?.lives.filter((life) => !now.some(same(life))) ?? [];
    for (const life of gone) note(mount, 'superseded', [life], at, { visible: visible(node, life) });
    if (old && !gone.length && old.lives.length === now.length) return;
    const fresh = now.map((one) => {
      const before = old?.lives.find(same(one));
      return { ...one, earlier: before ? visible(node, before) : 0, shown: before?.shown ?? false };
    });
    if (!fresh.length) {
      stands.delete(node);
      return watch.forget(node);
    }
    if (!old) node.addEventListener('click', acknowledge);
    stands.set(node, { mount, lives: fresh });
    // A prompt belongs to the page, whatever it was mounted for.
    watch.watch(node, node === prompt ? () => document.documentElement : () => mount.host.element);
  };

  /** A press on a button or link in a notice: the person has read it at least that far. */
  const acknowledge = (event: Event) => {
    const node = event.currentTarget as Element;
    const { mount, lives } = stands.get(node) ?? {};
    const [pressed] = event.composedPath();
    if (!mount || !lives || !(pressed instanceof Element) || !pressed.closest('a,button')) return;
    const read = lives.filter(({ notice }) => notice.topic !== 'consent-prompt');
    if (read.length) note(mount, 'acknowledged', read, Date.now(), { by: 'action', trusted: event.isTrusted });
  };
  /** What only the host sees: it dispatches `candor:record` with `{ event, notice?, channel? }`. Any script of the page can. */
  document.addEventListener('candor:record', (told) => {
    const { event, notice, channel } = (told as CustomEvent<Partial<Record<'event' | 'notice' | 'channel', unknown>> | null>).detail ?? {};
    if (!fromHosts.includes(event as string)) return;
    const standing = notice === undefined ? undefined : [...stands.values()].find((each) => each.lives.some((life) => life.notice.id === notice));
    const mount = standing?.mount ?? [...decisions.keys()].find((each) => channel === undefined || each.channel === channel);
    if (mount) note(mount, event as string, standing?.lives.filter((life) => life.notice.id === notice) ?? [], Date.now(), { by: 'host', trusted: false });
  });

  const lives = (node: Element | undefined): SeenLife[] =>
    (node && stands.get(node)?.lives.map((life) => ({ life, visible: visible(node, life) }))) ?? [];
  const showPrompt = (mount: Mount, next: Element | undefined, at: number) => {
    const old = prompt;
    answered = next ? [] : lives(old);
    prompt = next;
    if (old && old !== next) stand(mount, old, [], at);
    standPrompt(mount, at);
  };
  const standPrompt = (mount: Mount, at: number) => {
    if (prompt) stand(mount, prompt, decisions.get(mount)?.notices.filter(({ topic }) => topic === 'consent-prompt') ?? [], at);
  };

  const see = (seen: Seen, at: number, mount: Mount): void => {
    anyMount = mount;
    switch (seen.type) {
      case 'decision':
        decisions.set(mount, seen.detail);
        standPrompt(mount, at);
        break;
      case 'stands':
        stand(mount, seen.detail.node, seen.detail.notices, at);
        break;
      case 'prompt':
        showPrompt(mount, seen.detail, at);
        break;
      case 'returned': {
        const back = stands.get(seen.detail);
        if (!back) break;
        note(mount, 'removed', back.lives, at, { why: 'gone' });
        note(mount, 'restored', back.lives, at);
        break;
      }
      case 'choice': {
        const { trusted, ...choice } = seen.detail;
        const shown = [...answered, ...[...stands.keys()].flatMap(lives)];
        // The decision that follows from it is told next.
        if (wants(mount, 'chosen')) setTimeout(() => choose(mount, { ...choice, decision: decisions.get(mount)! }, shown, trusted, at));
        break;
      }
      case 'action': {
        const type = saying[seen.detail.id];
        const pressed = [...stands.values()].flatMap((each) => each.lives).filter(({ notice }) => notice.id === seen.detail.notice);
        if (type) note(mount, type, pressed.slice(0, 1), at);
        break;
      }
      case 'unmounted':
        for (const [node, { mount: owner }] of stands) if (owner === mount) stand(mount, node, [], at);
        decisions.delete(mount);
        break;
      default:
    }
  };

  const receipts: Receipts = {
    async export() {
      await last;
      const { lines } = await keeping.read();
      const all = [...lines, ...evidence];
      return all.length ? [...all, await endOf([lines, evidence], iso(Date.now()))].map((line) => `${JSON.stringify(line)}\n`).join('') : '';
    },
    async import(text) {
      const { chains, errors } = await verifyReceipts(text);
      if (errors.length) throw failure('bad-receipt', errors.map(({ message }) => message).join('; '));
      const found = [...chains.values()].filter((lines) => lines.every(({ type }) => type === 'chosen')).sort((a, b) => b.length - a.length);
      let fits = true;
      await keeping.update((kept) => {
        const own = kept.lines[kept.lines.length - 1];
        const taking = own ? found.find((lines) => lines[own.seq]?.hash === own.hash) : found[0];
        fits = !own || !!taking || !found.length;
        return taking ? { ...kept, lines: taking } : kept;
      });
      if (!fits) throw failure('other-chain', 'this browser has receipts of another chain');
    },
    verify: verifyReceipts,
  };
  return { see, receipts };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
