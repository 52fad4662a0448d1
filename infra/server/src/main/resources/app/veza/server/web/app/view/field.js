import { classes, html, useRef } from '../core/ui.js';

let fields = 0;

/** A labelled input with what is wrong with it beside it. */
export function Field({ label, hint, fault, value, onInput, type = 'text', multiline = false, ...more }) {
  const id = useRef(null);
  id.current ??= `field-${++fields}`;
  const note = fault ?? hint;
  const shared = {
    id: id.current,
    value,
    onInput: (event) => onInput(event.target.value),
    'aria-invalid': fault ? 'true' : undefined,
    'aria-describedby': note ? `${id.current}-note` : undefined,
    ...more,
  };
  return html`<div class="field">
    <label for=${id.current}>${label}</label>
    ${multiline ? html`<textarea rows="2" ...${shared} />` : html`<input type=${type} ...${shared} />`}
    ${note && html`<p id=${`${id.current}-note`} class=${classes('note', fault && 'fault')}>${note}</p>`}
  </div>`;
}

/** What is wrong with the whole, told at once. */
export function Fault({ children }) {
  return html`<div role="alert" class=${classes('form-fault', !children && 'empty')}>${children}</div>`;
}
