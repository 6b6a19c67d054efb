import { noticeView, type NoticeView } from './elements/notice.js';
import { deepChat } from './hosts/deep-chat.js';
import { giveWay } from './hosts/give-way.js';
import { messagesIn, put, rootOf, type Adapter, type Place, type Speaker } from './hosts/host.js';
import { labels } from './hosts/labels.js';
import { page } from './hosts/page.js';
import { keepingRoom, leavingRoom } from './hosts/room.js';
import { anyChat } from './hosts/selectors.js';
import { keeper, type Kept } from './keep.js';
import { whenSeen } from './sight.js';
import { staticTexts } from './static-text.js';
import type { Action, Decision, Notice, Slot } from './types.js';
import type { Seen } from './witness.js';

/** A chat, a page (`document`), or what to look for: it may come later and be replaced. */
export type Target = Element | Document | string;

/** The part of a decision that is drawn. */
export type Drawable = Pick<Decision, 'notices' | 'links' | 'marks'>;

export interface StageEvents {
  readonly shown: (notice: Notice) => void;
  readonly action: (action: Action, notice: Notice) => void;
  readonly problem: (code: 'no-slot' | 'suppressed' | 'unavailable', message: string) => void;
  readonly speaker: (by: Speaker) => void;
  /** For receipts: what becomes of an element. */
  readonly see: (seen: Extract<Seen, { type: 'stands' | 'returned' }>) => void;
}

/** What is kept in the page beside notices, in the first of the slots that is there. Without one: at the end of the page. */
export interface Own {
  readonly node: Element;
  /** Draws it anew: it was emptied when it came back. */
  readonly draw: () => void;
  readonly slots?: readonly Slot[];
  /** In place of a slot. */
  readonly at?: Place | undefined;
  /** It asks for a choice. */
  readonly asks?: true;
}

/** The notices of one place. */
interface Stand {
  readonly view: NoticeView;
  readonly shown: Set<string>;
  notices: readonly Notice[];
  forget(): void;
}

/** Until an adapter is loaded nothing is placed, so that nothing has to move. */
const nowhere: Adapter = { slots: {} };
const bottom: readonly Place[] = [{ selector: 'body', at: 'last', inPage: true }];
/** A host may still be drawing itself; after this many milliseconds a notice without a place is reported. */
const patience = 800;

/** What to show now: not what waits for a question, nor the prompt, which is the consent part's, nor a break, which comes as a reminder. */
export function due(notices: readonly Notice[]): Notice[] {
  return notices.filter(({ armed, topic }) => !armed && !/^(consent-prompt|break)$/.test(topic));
}

/** The words at each message by AI; undefined: none are due, or a person answers. */
export function labelOf({ notices, marks }: Drawable): string | undefined {
  const words = marks.find(({ id }) => id === 'visible-label')?.text ?? due(notices).find(isLabel)?.text;
  return words && (words.short ?? words.title);
}

/** Where notices stand: follows the target through redraws of the page and keeps in it what was last shown. */
export function stage(target: Target, channel: string, given: Adapter | PromiseLike<Adapter> | undefined, events: StageEvents) {
  const stands = new Map<Place | readonly Place[], Stand>();
  const awaited = new Set<Element>();
  const reported = new Set<string>();
  const rooms = new Map<Place | readonly Place[], HTMLElement>();
  let element: Element | null = null;
  let drawn: Drawable | undefined;
  const own = new Map<object, readonly Own[]>();
  const allOwn = () => [...own.values()].flat();
  let label: ReturnType<typeof labels> | undefined;
  let labelled: ShadowRoot | Document | null | undefined;
  let used: Element | ShadowRoot | null = null;
  let stopUsing: (() => void) | undefined;
  let stopGivingWay = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  let host: Adapter | undefined = nowhere;
  const adapter = (): Adapter => host ?? adapterOf(element);
  const slots = () => ({ ...page.slots, ...adapter().slots });
  const root = () => element && rootOf(element, adapter());
  const within = () => element && messagesIn(element, adapter());

  /** Looks where the target is now; the roots that are to be watched. */
  const follow = () => {
    const found = elementOf(target);
    if (found !== element) {
      element = found;
      label?.stop();
      label = undefined;
      draw();
    }
    if (element && !root() && !awaited.has(element)) {
      awaited.add(element);
      void customElements.whenDefined(element.localName).then(draw);
    }
    if (within() !== labelled) draw();
    label?.check();
    describe();
    return [element?.shadowRoot, labelled];
  };
  /** By reference, not by id: the input may be in another root than the notices. */
  const describe = () => {
    const { input } = adapter();
    const field = input ? (labelled === document ? element : labelled)?.querySelector(input) : null;
    if (field) for (const { view: { host } } of stands.values()) {
      const described = field.ariaDescribedByElements ?? [];
      if (!described.includes(host)) field.ariaDescribedByElements = [...described, host];
    }
  };
  const keep = keeper(follow, () => events.problem('suppressed', 'taken away six times in ten seconds'), (detail) => {
    // document.open() takes the listeners of all that stood in the page: what is drawn anew has its own.
    detail.shadowRoot?.replaceChildren();
    draw();
    for (const own of allOwn()) own.draw();
    events.see({ type: 'returned', detail });
  });

  const draw = () => {
    labelled = within();
    if (!drawn) return;
    const { messages, use, label: native } = adapter();
    const found = root();
    if (found !== used) {
      used = found;
      stopUsing?.();
      stopUsing = found ? use?.(found, events.speaker) : undefined;
    }
    const notices = due(drawn.notices);
    const groups = byPlace(notices, slots());
    for (const [place, stand] of stands) if (!groups.has(place)) {
      stand.forget();
      stands.delete(place);
      events.see({ type: 'stands', detail: { node: stand.view.host, notices: [] } });
      rooms.set(place, leavingRoom(stand.view.host));
    }
    for (const [place, those] of groups) present(place, those);
    keepAll();
    for (const [place, room] of rooms) {
      const back = stands.get(place);
      if (back && room.isConnected) room.replaceWith(back.view.host);
    }

    const text = labelOf(drawn);
    native?.(text);
    if (messages && labelled) (label ??= labels(messages)).apply(labelled, text);
    clearTimeout(timer);
    timer = setTimeout(() => reportUncarried(notices, text), patience);
  };

  const keepAll = () => {
    const kept = [...stands].map(([place, { view, notices }]) => keptAt([place, ...notices.flatMap((notice) => placesOf(notice, slots()))].flat(), view.host));
    keep.keep([...kept, ...allOwn().map(({ node, slots: asked = [], at }) => {
      // What is a chat's does not wander into the page when the chat is gone, nor into another slot while the chat is being drawn.
      const [inChat] = placesOf({ slots: asked }, adapter().slots);
      const inPage = placesOf({ slots: asked }, slots()).flat();
      return keptAt(at ? [at] : inChat ? [inChat].flat() : inPage.length ? inPage : bottom, node);
    })]);
  };

  const present = (place: Place | readonly Place[], notices: readonly Notice[]) => {
    const stand = stands.get(place) ?? { view: noticeView(events.action), shown: new Set(), notices, forget() {} };
    stands.set(place, stand);
    stand.notices = notices;
    for (const id of stand.shown) if (!notices.some((notice) => lifeOf(notice) === id)) stand.shown.delete(id);
    keepingRoom(stand.view.host, () => stand.view.draw(notices, drawn?.links ?? []));
    events.see({ type: 'stands', detail: { node: stand.view.host, notices } });
    stand.forget();
    stand.forget = whenSeen(stand.view.host, () => {
      for (const notice of notices) {
        if (!stand.shown.has(lifeOf(notice))) events.shown(notice);
        stand.shown.add(lifeOf(notice));
      }
    });
  };

  const keptAt = (places: readonly Place[], node: Element): Kept => ({
    node,
    put() {
      const found = root();
      const { giveWay: inTheWay } = adapter();
      if (!put(node, found, places)) return false;
      if (inTheWay && found instanceof ShadowRoot && node.parentNode === found) {
        stopGivingWay();
        stopGivingWay = giveWay(found, inTheWay, node as HTMLElement);
      }
      return true;
    },
  });

  const reportUncarried = (notices: readonly Notice[], text: string | undefined) => {
    if (host === nowhere || staticTexts(channel).length) return;
    const labelling = label ?? adapter().label;
    // The legal hub says itself what is for it.
    const uncarried = notices.filter((notice) => !(labelling && isLabel(notice)) && !notice.slots.includes('legal-hub')
      && ![...stands.values()].some((stand) => stand.notices.includes(notice) && stand.view.host.isConnected)).map(({ id }) => id);
    // A page has no messages; a chat that shows none to us cannot label them.
    if (text && !labelling && adapter() !== page) uncarried.push('visible-label');
    for (const id of uncarried) {
      if (!reported.has(id)) events.problem('no-slot', `the host has no place for \`${id}\``);
      reported.add(id);
    }
  };

  const settle = (found?: Adapter) => {
    host = found;
    draw();
  };
  if (given && 'then' in given) {
    given.then(settle, () => {
      events.problem('unavailable', 'the adapter of the host');
      settle();
    });
  } else settle(given);
  element = elementOf(target);
  keep.check();
  return {
    /** The target, where it is there. */
    get element() {
      return element;
    },
    get adapter() {
      return adapter();
    },
    show(next: Drawable) {
      drawn = next;
      draw();
    },
    /** Keeps what is not a notice, and takes away what its owner kept before. */
    place: (next: readonly Own[], owner: object) => {
      own.set(owner, next);
      keepAll();
    },
    stop() {
      drawn = undefined;
      clearTimeout(timer);
      stopUsing?.();
      for (const stand of stands.values()) stand.forget();
      label?.stop();
      stopGivingWay();
      keep.stop();
      for (const room of rooms.values()) room.remove();
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

/** One group for each place: of the slots that a notice asks for, in their order, the first that the host has counts. */
function byPlace(notices: readonly Notice[], slots: Adapter['slots']): Map<Place | readonly Place[], Notice[]> {
  const groups = new Map<Place | readonly Place[], Notice[]>();
  for (const notice of notices) {
    const [place] = placesOf(notice, slots);
    if (place) groups.set(place, [...(groups.get(place) ?? []), notice]);
  }
  return groups;
}

function placesOf({ slots: asked }: Pick<Notice, 'slots'>, slots: Adapter['slots']): (Place | readonly Place[])[] {
  return asked.flatMap((slot) => slots[slot] ? [slots[slot]] : []);
}

/** A notice lives from when it is due until it no longer is; in another language it is another one. */
function lifeOf({ id, lang }: Notice): string {
  return `${id} ${lang}`;
}

/** What every message by AI is to say of itself. */
function isLabel({ topic, slots }: Notice): boolean {
  return topic.startsWith('ai-') && slots.includes('per-message');
}
