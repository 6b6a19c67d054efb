import type { ConsentNow } from './signals/signal.js';

let now: ConsentNow | undefined;
const listeners = new Set<(now: ConsentNow) => void>();

/** Tells the listeners what the gates do from now on. */
export function tellConsent(next: ConsentNow): void {
  now = next;
  for (const listener of [...listeners]) listener(next);
}

/** Calls `listener` with what the gates do, now and at each change; what it returns ends that. */
export function onConsent(listener: (now: ConsentNow) => void): () => void {
  listeners.add(listener);
  if (now) listener(now);
  return () => void listeners.delete(listener);
}

/** Calls `work` once, as soon as a purpose is granted. */
export function whenGranted(purpose: string, work: () => void): () => void {
  let stopped = false;
  const stop = onConsent(({ purposes }) => {
    if (stopped || purposes[purpose]?.state !== 'granted') return;
    stopped = true;
    queueMicrotask(() => {
      stop();
      work();
    });
  });
  return () => {
    stopped = true;
    stop();
  };
}
