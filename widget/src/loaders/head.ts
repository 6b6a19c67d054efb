/**
 * `candor.head.js`: what has to stand before every other script of the page, as the first one in its head. `data-signals="google meta"` says
 * vendors' defaults at once, `data-guard` holds requests back at once. The script that decides comes whenever it likes, and tells both.
 */
import { guard } from '../gating/guard.js';
import { signals } from '../signals/index.js';
import type { ConsentNow, Signal } from '../signals/signal.js';
import type { Purpose } from '../types.js';
import { builtInJson } from './data.js';
import { publish } from './publish.js';

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { signals: asked, guard: guarded } = script.dataset;
  const told: Signal[] = [];
  if (asked) told.push(signals(asked));
  if (guarded !== undefined) {
    const held = guard(services(), (host, purposes) => {
      const detail = { code: 'request-blocked', path: '', message: `a request to \`${host}\` waits for \`${purposes.join('`, `')}\`` };
      document.dispatchEvent(new CustomEvent('candor:error', { detail, bubbles: true }));
    });
    told.push(({ purposes }) => held.apply(purposes));
  }
  addEventListener('candor:consent', ({ detail }: CustomEventInit<ConsentNow>) => {
    for (const tell of told) if (detail) tell(detail);
  });
  publish({ head: { signals: !!asked, guard: guarded !== undefined } });
}

/** Of the deployment that it was built for; as it ships it knows none. */
function services(): readonly Purpose[] {
  try {
    return builtInJson<readonly Purpose[]>();
  } catch {
    return [];
  }
}
