import { kindGranted, pageGlobal, type Signal } from './signal.js';

/** Microsoft Advertising, Universal Event Tracking (https://learn.microsoft.com/advertising): it knows `ad_storage` alone. */
export function microsoft(): Signal {
  const say = (what: 'default' | 'update', granted: boolean) => {
    pageGlobal<{ push(...of: unknown[]): unknown }>('uetq', () => []).push('consent', what, { ad_storage: granted ? 'granted' : 'denied' });
  };
  let told = false;
  say('default', false);
  return ({ purposes }) => {
    const granted = kindGranted(purposes, 'advertising');
    if (granted !== told) say('update', granted);
    told = granted;
  };
}
