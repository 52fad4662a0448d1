import { html, useEffect, useState } from '../core/ui.js';
import { inWords } from '../net/problem.js';

const SETTLE_MS = 200;

/** A field and what is found by it. `find(words, signal)` gives items, `item` draws one as a row. */
export function Finder({ label, find, item, empty, findAtOnce = false }) {
  const [words, setWords] = useState('');
  const [state, setState] = useState({ items: null, failure: null });
  useEffect(() => {
    if (!words.trim() && !findAtOnce) {
      setState({ items: null, failure: null });
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setState({ items: await find(words.trim(), controller.signal), failure: null });
      } catch (failure) {
        if (!controller.signal.aborted) setState({ items: null, failure });
      }
    }, words ? SETTLE_MS : 0);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [words]);
  return html`<div class="finder">
    <input type="search" class="search" aria-label=${label} placeholder=${label} autofocus value=${words}
      onInput=${(event) => setWords(event.target.value)} />
    <div role="status" class="finder-note">
      ${state.failure && inWords(state.failure)}
      ${state.items?.length === 0 && empty}
    </div>
    <ul class="rows">${state.items?.map((found) => html`<li key=${found.id}>${item(found)}</li>`)}</ul>
  </div>`;
}
