import { html, useCell } from '../core/ui.js';
import { hueOf, initials } from '../chat/people.js';
import { presence } from '../chat/presence.js';
import { session } from '../net/session.js';

/** Says nothing to who cannot see it: the name stands beside it. */
export function Avatar({ person, size = 'medium', withPresence = false }) {
  return html`<span class=${`avatar ${size}`} style=${{ '--hue': hueOf(person.id) }} aria-hidden="true">
    ${initials(person.displayName)}
    ${withPresence && html`<${Dot} id=${person.id} />`}
  </span>`;
}

function Dot({ id }) {
  const state = useCell(presence).get(id);
  return html`<span class=${`dot ${state?.isOnline || session.get()?.user.id === id ? 'online' : ''}`} />`;
}
