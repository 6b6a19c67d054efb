import type { Slot } from '../types.js';
import type { Adapter, Place } from './host.js';

/** A host by CSS selectors, one a slot: notices stand first in what the selector finds. `shadow`: it has an open shadow root. */
export function bySelectors(slots: Partial<Record<Slot, string | Place>>, options: Omit<Adapter, 'slots'> = {}): Adapter {
  const places = Object.entries(slots).map(([slot, place]) => [slot, typeof place === 'string' ? { selector: place, at: 'first' } : place]);
  return { ...options, slots: Object.fromEntries(places) as Adapter['slots'] };
}

const top: Place = { at: 'first' };

/** A chat of which nothing is known: notices stand first in it. */
export const anyChat: Adapter = { slots: { 'before-chat': top, 'chat-header': top, 'first-message': top } };
