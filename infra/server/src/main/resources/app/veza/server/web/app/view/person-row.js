import { html } from '../core/ui.js';
import { Avatar } from './avatar.js';

export function PersonRow({ person, action, onClick, disabled }) {
  return html`<button type="button" class="row" onClick=${onClick} disabled=${disabled}>
    <${Avatar} person=${person} />
    <span class="row-text"><strong>${person.displayName}</strong><span>@${person.username}</span></span>
    <span class="row-action">${action}</span>
  </button>`;
}
