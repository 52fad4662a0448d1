import { html } from '../core/ui.js';
import { counted } from '../core/words.js';
import { go } from '../core/route.js';
import { findRooms, joinRoom } from '../chat/rooms.js';
import { follow } from '../chat/follow.js';
import { attempt } from './toast.js';
import { Dialog } from './dialog.js';
import { Finder } from './finder.js';
import { Icon } from './icon.js';

/** Public rooms that one may come into. */
export function Browse({ onClose }) {
  const enter = async (room) => {
    const isIn = room.role || await attempt(async () => {
      await joinRoom(room.id);
      await follow(room.id);
    });
    if (isIn) {
      onClose();
      go('rooms', room.id);
    }
  };
  const item = (room) => html`<button type="button" class="row" onClick=${() => enter(room)}>
    <${Icon} name="hash" />
    <span class="row-text"><strong>${room.name}</strong>
      <span>${counted(room.memberCount, 'member')}${room.topic ? ` · ${room.topic}` : ''}</span></span>
    <span class="row-action">${room.role ? 'Open' : 'Join'}</span>
  </button>`;
  return html`<${Dialog} title="Find rooms" onClose=${onClose}>
    <${Finder} label="Name or topic" find=${findRooms} item=${item} findAtOnce empty="No public room is called so." />
  <//>`;
}
