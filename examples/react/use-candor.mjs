import { useCallback, useEffect, useRef, useState } from 'react';
import { mount } from 'candor/widget';

/**
 * Shows what is due in an element for as long as the component is there: `const { decision, update } = useCandor(ref, { engine, channel: 'chat' })`.
 * It mounts anew when the place, the engine, the configuration or the channel is another one, so keep these outside of the component; what
 * changes while it stands is a fact: `update({ answeredBy: 'human' })`. On a server nothing happens, and `decision` is undefined.
 * @param {string | import('react').RefObject<Element | null>} where a ref, or a selector
 * @param {import('candor/widget').MountOptions} options as for `mount`
 */
export function useCandor(where, options) {
  const [decision, setDecision] = useState();
  const mounted = useRef();
  const told = useRef(options.onEvent);
  useEffect(() => {
    told.current = options.onEvent;
  });
  const { engine, config, channel } = options;
  useEffect(() => {
    const target = typeof where === 'string' ? where : where.current;
    mounted.current = mount(target, {
      ...options,
      onEvent(event) {
        if (event.type === 'decision') setDecision(event.detail);
        told.current?.(event);
      },
    });
    return () => {
      mounted.current.unmount();
      mounted.current = undefined;
      setDecision(undefined);
    };
  }, [where, engine, config, channel]);
  const update = useCallback((facts) => mounted.current?.update(facts), []);
  return { decision, update };
}
