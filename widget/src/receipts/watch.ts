import { hiddenBy, boxOf, type Hidden } from './hidden.js';

/** What becomes of an element that is watched. Times are in milliseconds. */
export interface Sight {
  /** It could be seen for this long, all told: told once after `dwell`, and again with the whole time when the page is left. */
  seen(node: Element, visible: number): void;
  /** It has been out of sight for a second, though it is due and nobody scrolled. */
  hidden(node: Element, why: Hidden): void;
  /** It can be seen again. */
  restored(node: Element): void;
}

interface Track {
  readonly target: () => Element | null;
  box: Element;
  /** It was in the page: one that never was has no place there, which is told elsewhere. */
  stood: boolean;
  inView: boolean;
  visible: number;
  told: number;
  wasSeen: boolean;
  hiddenSince: number | undefined;
  why: Hidden | undefined;
}

const interval = 250;
/** A shorter glance is none, and a shorter hiding is a redraw. */
const dwell = 1_000;

/**
 * Watches elements: whether they can be seen, for how long, and what hides them. Time counts only while the page is looked at:
 * never while it is prerendered or its tab is hidden.
 */
export function watcher(sight: Sight) {
  const tracks = new Map<Element, Track>();
  let last = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  const observer = new IntersectionObserver((entries) => {
    for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
      for (const track of tracks.values()) if (track.box === target) {
        // A notice that is higher than the window is in view when it fills half of it.
        track.inView = intersectionRatio >= 0.5 || (!!rootBounds && intersectionRect.height >= rootBounds.height / 2);
      }
    }
  }, { threshold: [0, 0.25, 0.5, 0.75, 1] });

  const looksAt = () => !document.hidden && !(document as { prerendering?: boolean }).prerendering;
  const tick = () => {
    const now = performance.now();
    // A throttled timer or a sleeping machine is not time that somebody looked.
    const passed = Math.min(now - last, interval * 2);
    last = now;
    if (looksAt()) for (const [node, track] of tracks) check(node, track, passed, now);
  };
  const check = (node: Element, track: Track, passed: number, now: number) => {
    track.stood ||= node.isConnected;
    if (!track.stood) return;
    const box = boxOf(node);
    if (box !== track.box) aim(track, box);
    const why = hiddenBy(node, track.target(), track.inView);
    const isSeen = track.inView && !why;
    if (isSeen && track.wasSeen) track.visible += passed;
    track.wasSeen = isSeen;
    if (isSeen && !track.told && track.visible >= dwell) tell(node, track);
    if (!why || why === 'closed') {
      track.hiddenSince = undefined;
      if (track.why && isSeen) {
        track.why = undefined;
        sight.restored(node);
      }
    } else {
      track.hiddenSince ??= now;
      if (!track.why && now - track.hiddenSince >= dwell) sight.hidden(node, (track.why = why));
    }
  };
  const tell = (node: Element, track: Track) => {
    track.told = track.visible;
    sight.seen(node, Math.round(track.visible));
  };
  const aim = (track: Track, box: Element) => {
    observer.unobserve(track.box);
    track.box = box;
    observer.observe(box);
  };
  const left = () => {
    if (!document.hidden) return void (last = performance.now());
    for (const [node, track] of tracks) if (track.told && track.visible - track.told >= dwell) tell(node, track);
  };
  document.addEventListener('visibilitychange', left);

  return {
    /** Starts anew with `node`: what stands in it now has not been seen yet. */
    watch(node: Element, target: () => Element | null) {
      this.forget(node);
      const box = boxOf(node);
      tracks.set(node, { target, box, stood: false, inView: false, visible: 0, told: 0, wasSeen: false, hiddenSince: undefined, why: undefined });
      observer.observe(box);
      timer ??= setInterval(tick, interval);
    },
    /** For how many milliseconds `node` could be seen. */
    visible: (node: Element) => Math.round(tracks.get(node)?.visible ?? 0),
    /** Whether `node` was taken from sight and is not back. */
    isHidden: (node: Element) => !!tracks.get(node)?.why,
    forget(node: Element) {
      const track = tracks.get(node);
      if (track) observer.unobserve(track.box);
      tracks.delete(node);
      if (tracks.size) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
