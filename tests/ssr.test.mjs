// What package.json exports can be imported where there is no page: a server renders with it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const filesOf = (/** @type {string} */ folder) => readdirSync(new URL(`../${folder}`, import.meta.url)).filter((file) => file.endsWith('.js'));
// `./dist/*` is for files that pages load.
const names = Object.keys(exports).filter((name) => name !== './dist/*').flatMap((name) =>
  name.endsWith('/*') ? filesOf(exports[name].default.replace('/*.js', '/')).map((file) => name.replace('*', file.replace('.js', ''))) : [name]);

describe('without a page', () => {
  it('everything is named', () => assert.ok(names.length > 10, names.join(' ')));
  for (const name of names) {
    it(`${name.replace('.', 'candor')} can be imported, and leaves nothing behind`, async () => {
      const before = Reflect.ownKeys(globalThis);
      const module = await import(name.replace('.', 'candor'));
      assert.ok(Object.keys(module).length);
      assert.deepEqual(Reflect.ownKeys(globalThis), before);
    });
  }
});
