import { html, useEffect, useRef } from '../core/ui.js';
import { IconButton } from './icon.js';

/** A modal window: the browser keeps the focus in it and gives it back. Escape and a click beside it close it. */
export function Dialog({ title, onClose, children, kind = '' }) {
  const ref = useRef(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const onClick = (event) => {
    if (event.target === ref.current) onClose();
  };
  const onCancel = (event) => {
    event.preventDefault();
    onClose();
  };
  return html`<dialog ref=${ref} class=${`dialog ${kind}`} aria-labelledby="dialog-title" onMouseDown=${onClick} onCancel=${onCancel}>
    <div class="dialog-body">
      <header class="dialog-header">
        <h2 id="dialog-title">${title}</h2>
        <${IconButton} name="close" label="Close" onClick=${onClose} />
      </header>
      ${children}
    </div>
  </dialog>`;
}
