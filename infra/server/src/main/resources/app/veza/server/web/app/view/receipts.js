import { html } from '../core/ui.js';
import { named } from '../core/words.js';
import { Avatar } from './avatar.js';

const MOST = 4;

/** Who has read up to here and no further. */
export function Receipts({ readers }) {
  if (!readers?.length) return null;
  const words = `Read by ${named(readers.map((reader) => reader.displayName), MOST)}`;
  return html`<div class="receipts" role="img" aria-label=${words} title=${words}>
    ${readers.slice(0, MOST).map((reader) => html`<${Avatar} key=${reader.id} person=${reader} size="tiny" />`)}
    ${readers.length > MOST && html`<span class="more">+${readers.length - MOST}</span>`}
  </div>`;
}
