import { html, useCell } from '../core/ui.js';
import { counted, lastSeen } from '../core/words.js';
import { presence } from '../chat/presence.js';
import { Avatar } from './avatar.js';
import { Icon, IconButton } from './icon.js';

export function RoomHeader({ room, panel, toggle }) {
  return html`<header class="room-header">
    <a href="#/" class="icon-button only-narrow" aria-label="Back to the list of rooms"><${Icon} name="back" /></a>
    ${room.directWith
      ? html`<${Avatar} person=${room.directWith} withPresence />`
      : html`<span class="room-kind"><${Icon} name=${room.visibility === 'private' ? 'lock' : 'hash'} /></span>`}
    <div class="room-title">
      <h1>${room.name}</h1>
      <p>${room.directWith ? html`<${PresenceWords} id=${room.directWith.id} />`
        : room.closedAt ? 'Closed' : room.topic || counted(room.memberCount, 'member')}</p>
    </div>
    <${IconButton} name="search" label="Search" pressed=${panel === 'search'} onClick=${() => toggle('search')} />
    <button type="button" class="icon-button with-count" aria-pressed=${String(panel === 'members')} title="People"
      aria-label=${`People: ${counted(room.memberCount, 'member')}`} onClick=${() => toggle('members')}>
      <${Icon} name="people" /><span aria-hidden="true">${room.memberCount}</span>
    </button>
  </header>`;
}

function PresenceWords({ id }) {
  const state = useCell(presence).get(id);
  if (!state) return ' ';
  return state.isOnline ? 'Online' : lastSeen(state.lastSeenAt);
}
