import { cell } from '../core/cell.js';
import { html, useCell } from '../core/ui.js';
import { Browse } from './browse.js';
import { Direct } from './direct.js';
import { EditRoom } from './edit-room.js';
import { GoLive } from './go-live.js';
import { Invite } from './invite.js';
import { NewRoom } from './new-room.js';
import { Settings } from './settings.js';
import { Switcher } from './switcher.js';

/** The window that is open over the page, by name. */
const shown = cell(null);

const WINDOWS = {
  'browse': Browse,
  'direct': Direct,
  'edit-room': EditRoom,
  'go-live': GoLive,
  'invite': Invite,
  'new-room': NewRoom,
  'settings': Settings,
  'switch': Switcher,
};

export const open = (name) => shown.set(name);

export function Dialogs({ me, room }) {
  const name = useCell(shown);
  const Window = WINDOWS[name];
  return Window ? html`<${Window} me=${me} room=${room} onClose=${() => shown.set(null)} />` : null;
}
