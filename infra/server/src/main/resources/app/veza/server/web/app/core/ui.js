/** What views are made of: Preact, its hooks, and cells as a hook. */
import { useLayoutEffect, useReducer } from '../../vendor/preact/preact-htm.js';

export {
  Component,
  html,
  render,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from '../../vendor/preact/preact-htm.js';

/** The cell's value; the view is drawn anew when it changes. */
export function useCell(source) {
  const [, redraw] = useReducer((n) => n + 1, 0);
  const drawn = source.get();
  useLayoutEffect(() => {
    // between drawing and listening
    if (!Object.is(source.get(), drawn)) redraw();
    return source.subscribe(redraw);
  }, [source]);
  return drawn;
}

/** Class names, without those that do not hold. */
export function classes(...names) {
  return names.filter(Boolean).join(' ');
}
