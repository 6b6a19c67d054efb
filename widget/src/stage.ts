import { noticeView, type NoticeView } from './elements/notice.js';
import { deepChat } from './hosts/deep-chat.js';
import { giveWay } from './hosts/give-way.js';
import { put, rootOf, type Adapter, type Place } from './hosts/host.js';
import { labels } from './hosts/labels.js';
import { page } from './hosts/page.js';
import { anyChat } from './hosts/selectors.js';
import { keeper, type Kept } from './keep.js';
import { whenSeen } from './sight.js';
import { staticTexts } from './static-text.js';
import type { Action, Decision, Notice, Slot } from './types.js';

/** A chat, a page (`document`), or what to look for: it may come later and be replaced. */
export type Target = Element | Document | string;

/** The part of a decision that is drawn. */
export type Drawable = Pick<Decision, 'notices' | 'links' | 'marks'>;

export interface StageEvents {
  readonly shown: (notice: Notice) => void;
  readonly action: (action: Action, notice: Notice) => void;
  readonly problem: (code: 'no-slot' | 'suppressed', message: string) => void;
}

/** What the consent part keeps in the page. Without a slot: at the end of it. */
export interface Own {
  readonly node: Element;
  readonly slot?: Slot;
}

/** The notices of one place. */
interface Stand {
  readonly view: NoticeView;
  readonly shown: Set<string>;
  notices: readonly Notice[];
  forget(): void;
}

const bottom: readonly Place[] = [{ selector: 'body', at: 'last', inPage: true }];
/** A host may still be drawing itself; after this many milliseconds a notice without a place is reported. */
const patience = 800;

/** What to show now: not what waits for a question, nor the prompt, which is the consent part's. */
export function due(notices: readonly Notice[]): Notice[] {
  return notices.filter(({ armed, topic }) => !armed && topic !== 'consent-prompt');
}

/** Where notices stand: follows the target through redraws of the page and keeps in it what was last shown. */
export function stage(target: Target, channel: string, host: Adapter | undefined, events: StageEvents) {
  const stands = new Map<Place | readonly Place[], Stand>();
  const awaited = new Set<Element>();
  const reported = new Set<string>();
  let element: Element | null = null;
  let drawn: Drawable | undefined;
  let own: readonly Own[] = [];
  let label: ReturnType<typeof labels> | undefined;
  let stopGivingWay = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  const adapter = (): Adapter => host ?? adapterOf(element);

  /** Looks where the target is now; the roots that are to be watched. */
  const follow = () => {
    const found = elementOf(target);
    if (found !== element) {
      element = found;
      label?.stop();
      label = undefined;
      draw();
    }
    if (element && adapter().shadow && !element.shadowRoot && !awaited.has(element)) {
      awaited.add(element);
      void customElements.whenDefined(element.localName).then(draw);
    }
    label?.check();
    return [element?.shadowRoot];
  };
  const keep = keeper(follow, () => events.problem('suppressed', 'the page took a notice away six times in ten seconds'));

  const draw = () => {
    if (!drawn) return;
    const { messages } = adapter();
    const notices = due(drawn.notices);
    const groups = byPlace(notices, { ...page.slots, ...adapter().slots });
    for (const [place, stand] of stands) if (!groups.has(place)) {
      stand.forget();
      stands.delete(place);
    }
    for (const [place, those] of groups) present(place, those);
    keepAll();

    const words = drawn.marks.find(({ id }) => id === 'visible-label')?.text ?? notices.find(isLabel)?.text;
    const within = adapter().shadow ? element?.shadowRoot : document;
    if (messages && within) (label ??= labels(messages)).apply(within, words && (words.short ?? words.title));
    clearTimeout(timer);
    timer = setTimeout(() => reportUncarried(notices), patience);
  };

  const keepAll = () => {
    const kept = [...stands].map(([place, { view }]) => keptAt(place, view.host));
    const slots: Adapter['slots'] = { ...page.slots, ...adapter().slots };
    keep.keep([...kept, ...own.map(({ node, slot }) => keptAt((slot && slots[slot]) ?? bottom, node))]);
  };

  const present = (place: Place | readonly Place[], notices: readonly Notice[]) => {
    const stand = stands.get(place) ?? { view: noticeView(events.action), shown: new Set(), notices, forget() {} };
    stands.set(place, stand);
    stand.notices = notices;
    for (const id of stand.shown) if (!notices.some((notice) => lifeOf(notice) === id)) stand.shown.delete(id);
    stand.view.draw(notices, drawn?.links ?? []);
    stand.forget();
    stand.forget = whenSeen(stand.view.host, () => {
      for (const notice of notices) {
        if (!stand.shown.has(lifeOf(notice))) events.shown(notice);
        stand.shown.add(lifeOf(notice));
      }
    });
  };

  const keptAt = (place: Place | readonly Place[], node: Element): Kept => ({
    node,
    put() {
      const root = element && rootOf(element, adapter());
      const { giveWay: inTheWay } = adapter();
      if (!put(node, root, [place].flat())) return false;
      if (inTheWay && root instanceof ShadowRoot && node.parentNode === root) {
        stopGivingWay();
        stopGivingWay = giveWay(root, inTheWay, node);
      }
      return true;
    },
  });

  const reportUncarried = (notices: readonly Notice[]) => {
    if (staticTexts(channel).length) return;
    for (const notice of notices) {
      const carried = [...stands.values()].some((stand) => stand.notices.includes(notice) && stand.view.host.isConnected)
        || (label && isLabel(notice));
      if (carried || reported.has(notice.id)) continue;
      reported.add(notice.id);
      events.problem('no-slot', `the host has no place for the notice \`${notice.id}\``);
    }
  };

  element = elementOf(target);
  keep.check();
  return {
    /** The target, where it is there. */
    get element() {
      return element;
    },
    show(next: Drawable) {
      drawn = next;
      draw();
    },
    /** Keeps what is not a notice, and takes away what was kept before. */
    place: (next: readonly Own[]) => {
      own = next;
      keepAll();
    },
    stop() {
      drawn = undefined;
      clearTimeout(timer);
      for (const stand of stands.values()) stand.forget();
      label?.stop();
      stopGivingWay();
      keep.stop();
    },
  };
}

function elementOf(target: Target): Element | null {
  return typeof target === 'string' ? document.querySelector(target) : target instanceof Document ? target.documentElement : target;
}

function adapterOf(element: Element | null): Adapter {
  if (element === document.documentElement) return page;
  return element?.localName === 'deep-chat' ? deepChat : anyChat;
}

/** One group for each place that a notice asks for. */
function byPlace(notices: readonly Notice[], slots: Adapter['slots']): Map<Place | readonly Place[], Notice[]> {
  const groups = new Map<Place | readonly Place[], Notice[]>();
  for (const notice of notices) {
    for (const place of new Set(notice.slots.map((slot) => slots[slot]))) {
      if (place) groups.set(place, [...(groups.get(place) ?? []), notice]);
    }
  }
  return groups;
}

/** A notice lives from when it is due until it no longer is; in another language it is another one. */
function lifeOf({ id, lang }: Notice): string {
  return `${id} ${lang}`;
}

/** What every message by AI is to say of itself. */
function isLabel({ topic, slots }: Notice): boolean {
  return topic.startsWith('ai-') && slots.includes('per-message');
}
