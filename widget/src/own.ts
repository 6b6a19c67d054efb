/** What an object states itself, without what another script gave every object (Object.prototype). */
export function own<Stated extends object>(stated: Stated): Stated {
  return { __proto__: null, ...stated };
}
