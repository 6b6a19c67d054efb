// A control for each fact of the vocabulary, by group; what is left alone is not stated.
import { element } from '../elements.mjs';

const option = (value) => Object.assign(element('option', value || 'Not stated'), { value });

function controlOf({ name, kind, values = [] }) {
  if (kind === 'set') {
    return element('span', ...values.map((value) => {
      const label = element('label', Object.assign(element('input'), { type: 'checkbox', name: `fact.${name}`, value }), ` ${value}`);
      label.className = 'tick';
      return label;
    }));
  }
  const control = kind === 'flag' || kind === 'choice'
    ? element('select', ...['', ...(kind === 'flag' ? ['true', 'false'] : values)].map(option))
    : Object.assign(element('input'), kind === 'date' ? { type: 'date' } : { type: 'number', min: 0, step: 1 });
  control.name = `fact.${name}`;
  control.setAttribute('aria-label', name);
  return control;
}

function row(fact) {
  const made = element('div', element('code', fact.name), element('small', `${fact.doc}${fact.lifts ? ' It can only lift duties: somebody has to vouch for it.' : ''}`), controlOf(fact));
  made.className = 'fact';
  if (fact.kind === 'set') {
    made.setAttribute('role', 'group');
    made.setAttribute('aria-label', fact.name);
  }
  return made;
}

/** Each group of facts, to be opened. What the deployment itself says is not asked. */
export function factControls(facts) {
  const asked = facts.filter(({ derived, name }) => !derived && name !== 'gpc');
  return [...new Set(asked.map(({ group }) => group))].map((group) => element('details', element('summary', group),
    element('div', ...asked.filter((fact) => fact.group === group).map(row))));
}

/** What is stated, by name, as `candor.json` states it. */
export function factsOf(data, facts) {
  return Object.fromEntries(facts.flatMap(({ name, kind }) => {
    const stated = data.getAll(`fact.${name}`).filter((value) => value);
    if (!stated.length) return [];
    if (kind === 'set') return [[name, stated]];
    if (kind === 'flag') return [[name, stated[0] === 'true']];
    return [[name, kind === 'count' ? Number(stated[0]) : stated[0]]];
  }));
}
