/** Puts `api` under `window.candor`, beside what another script of ours put there. */
export function publish(api: object): void {
  const { candor } = globalThis as { candor?: unknown };
  Object.assign(globalThis, { candor: candor instanceof Element ? api : { ...(candor as object | undefined), ...api } });
}
