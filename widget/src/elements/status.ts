import type { Slot } from '../types.js';
import { keepingRoom } from '../hosts/room.js';
import { make } from './dom.js';
import { elementOf } from './style.js';

const css = `
:host{align-self:end;inline-size:100%}
div{padding:.5rem 1rem;background:var(--candor-card,var(--card));color:var(--candor-soft,var(--soft));font-size:.8125rem;text-align:center;overflow-wrap:anywhere}
div:empty{padding:0}
p{margin:0}
button{min-block-size:1.5rem;padding:0 .5rem;border:0;background:none;text-decoration:underline;cursor:pointer}
`;

/** Beside what the person writes; where a host has no such place, with its notices. */
export const statusSlots: readonly Slot[] = ['composer', 'chat-header', 'page-section'];
/** Assistive technology hears of a change only in a region that it has met, in milliseconds. */
const met = 100;

/** `<candor-status>`: a quiet line that is also read aloud. It is there before it says something. */
export function statusView() {
  const { host, root } = elementOf('candor-status', css);
  const region = make('div', { role: 'status', part: 'status' });
  const draw = () => root.append(region);
  draw();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    node: host,
    draw,
    /** Says these paragraphs in place of what was said; none: nothing. `said` is called once they stand there. */
    say({ lang, dir }: { readonly lang: string; readonly dir: string }, paragraphs: readonly HTMLElement[], said = () => {}) {
      clearTimeout(timer);
      keepingRoom(host, () => region.replaceChildren());
      region.lang = lang;
      region.dir = dir;
      timer = setTimeout(() => {
        region.replaceChildren(...paragraphs);
        said();
      }, met);
    },
  };
}
