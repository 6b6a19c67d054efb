import { kindGranted, type Signal } from './signal.js';

type Pixel = ((...of: unknown[]) => void) & { readonly queue?: unknown; readonly callMethod?: unknown };

/**
 * The Meta pixel (https://developers.facebook.com/docs/meta-pixel/implementation/gdpr): `revoke` has to come before `init`, on every page.
 * Its snippet does nothing where `fbq` is already there, so ours cannot be put first: the name is watched, and what holds is said as
 * soon as the snippet's queue is there and before anybody calls it.
 */
export function meta(): Signal {
  let granted = false;
  let told: boolean | undefined;
  let pixel = (globalThis as { fbq?: Pixel }).fbq;
  const say = () => {
    if (!pixel || granted === told) return;
    told = granted;
    pixel('consent', granted ? 'grant' : 'revoke');
  };
  if (pixel) say();
  else {
    Object.defineProperty(globalThis, 'fbq', {
      configurable: true,
      set(value: Pixel) {
        pixel = value;
      },
      get() {
        if (!pixel || (!pixel.queue && !pixel.callMethod)) return pixel;
        Object.defineProperty(globalThis, 'fbq', { configurable: true, writable: true, value: pixel });
        say();
        return pixel;
      },
    });
  }
  return ({ purposes }) => {
    granted = kindGranted(purposes, 'advertising');
    if (told !== undefined) say();
  };
}
