import type { Target } from '../stage.js';
import type { Adapter } from './host.js';

/** Hosts that are custom elements, and the file of their adapter. */
const byName: Readonly<Record<string, string>> = { 'flowise-chatbot': 'flowise', 'cds-aichat-container': 'carbon' };

/** The adapter of a host, loaded from `hosts/` beside `base`: of the one that is `named`, or that the target is known for. */
export function adapterFor(target: Target, base: URL | string, named?: string): Promise<Adapter> | undefined {
  const name = named ?? byName[typeof target === 'string' ? target : (target as Element).localName];
  return name === undefined ? undefined : load(name, base);
}

async function load(name: string, base: URL | string): Promise<Adapter> {
  const { default: adapter } = (await import(new URL(`hosts/${name}.js`, base).href)) as { default: () => Adapter };
  return adapter();
}
