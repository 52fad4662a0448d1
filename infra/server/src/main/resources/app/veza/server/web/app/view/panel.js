import { html } from '../core/ui.js';
import { IconButton } from './icon.js';

/** Beside the conversation, or over it on a small screen. */
export function Panel({ title, onClose, children }) {
  const onKey = (event) => {
    if (event.key === 'Escape') onClose();
  };
  return html`<aside class="panel" aria-label=${title} onKeyDown=${onKey}>
    <header><h2>${title}</h2><${IconButton} name="close" label=${`Close ${title}`} onClick=${onClose} /></header>
    <div class="panel-scroll">${children}</div>
  </aside>`;
}
