import type { Action, Decision, Notice } from '../types.js';
import { fill, isSafeAddress, make } from './dom.js';
import { elementOf } from './style.js';

const css = `
div{padding:.625rem 1rem;padding-inline-start:2.75rem;position:relative;background:var(--candor-tint,var(--tint));
border-block-end:1px solid var(--candor-line,var(--line));overflow-wrap:anywhere}
div::before{content:"i";content:"i"/"";position:absolute;inset-block-start:.75rem;inset-inline-start:1rem;inline-size:1.125rem;block-size:1.125rem;
border:1.5px solid;border-radius:50%;font:700 .75rem/1rem system-ui,sans-serif;text-align:center}
[part~=plain]{padding:.5rem 1rem;background:var(--candor-card,var(--card));color:var(--candor-soft,var(--soft));font-size:.8125rem}
[part~=plain]::before{content:none}
[part~=ai-content]::before{content:"AI";content:"AI"/"";inline-size:1.5rem;inset-inline-start:.75rem;border-radius:4px}
[part~=plain] strong{font-weight:400}
p{margin:0}p+p{margin-block-start:.25rem}
strong{font-weight:600}
a,button{display:inline-flex;align-items:center;min-block-size:1.5rem;min-inline-size:1.5rem;margin-inline-end:.75rem;padding:0;border:0;background:none;text-decoration:underline;cursor:pointer}
@media(forced-colors:active){div{border:1px solid}}
`;

export interface NoticeView {
  readonly host: HTMLElement;
  draw(notices: readonly Notice[], links: Decision['links']): void;
}

/** `<candor-notice>`: the notices of one place, as text that cannot be closed. It shares no name with the consent prompt. */
export function noticeView(act: (action: Action, notice: Notice) => void): NoticeView {
  const { host, root } = elementOf('candor-notice', css);
  return {
    host,
    draw(notices, links) {
      fill(root, ...notices.map((notice) => noticeBlock(notice, links, act)));
    },
  };
}

function noticeBlock(notice: Notice, links: Decision['links'], act: (action: Action, notice: Notice) => void): HTMLElement {
  const { lang, dir, topic, prominence, actions, satisfies } = notice;
  const asked = links.filter((link) => link.satisfies.some((rule) => satisfies.includes(rule)) && !actions.some(({ id }) => id === link.id));
  const ways = [...actions, ...asked].map((action) => {
    const address = links.find(({ id }) => id === action.id)?.url;
    if (isSafeAddress(address)) return make('a', { href: address, part: 'action' }, action.label);
    if (asked.includes(action as Decision['links'][number])) return false;
    const button = make('button', { type: 'button', part: 'action' }, action.label);
    button.addEventListener('click', () => act(action, notice));
    return button;
  }).filter((way) => !!way);
  return make('div', { role: 'note', part: `notice ${prominence} ${topic}`, lang, dir }, ...paragraphs(notice), ways.length > 0 && make('p', { part: 'actions' }, ...ways));
}

/** The words of a notice, each paragraph in its language: the fact first, then the rest. */
export function paragraphs({ lang, dir, text, also, verbatim }: Notice): HTMLElement[] {
  return [
    ...[{ lang, dir, text }, ...also].map(({ lang, dir, text: { title, body } }) => make('p', { lang, dir }, make('strong', {}, title), body && ` ${body}`)),
    ...verbatim.map(({ lang, text }) => make('p', { lang }, text)),
  ];
}
