import { cell } from '../core/cell.js';
import { html, useCell } from '../core/ui.js';
import { inWords } from '../net/problem.js';
import { IconButton } from './icon.js';

const SHOWN_MS = 8_000;
const toasts = cell([]);
let next = 1;

/** A sentence that passes by itself, read out at once where it is about a failure. */
export function tell(text, { isFault = false } = {}) {
  const toast = { id: next++, text, isFault };
  toasts.update((all) => [...all.filter((other) => other.text !== text), toast].slice(-3));
  setTimeout(() => drop(toast.id), SHOWN_MS);
}

/** Does it and, where it fails, says so. Answers whether it was done. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (failure) {
    tell(inWords(failure), { isFault: true });
    return false;
  }
}

const drop = (id) => toasts.update((all) => all.filter((toast) => toast.id !== id));

export function Toasts() {
  const all = useCell(toasts);
  const of = (isFault) => all.filter((toast) => toast.isFault === isFault).map((toast) => html`
    <div class="toast" key=${toast.id}>
      <p>${toast.text}</p>
      <${IconButton} name="close" label="Dismiss" onClick=${() => drop(toast.id)} />
    </div>`);
  return html`<div class="toasts">
    <div role="status">${of(false)}</div>
    <div role="alert">${of(true)}</div>
  </div>`;
}
