import { html, useState } from '../core/ui.js';
import { findPeople } from '../chat/people.js';
import { invite } from '../chat/rooms.js';
import { membersOf } from '../chat/members.js';
import { attempt } from './toast.js';
import { Dialog } from './dialog.js';
import { Finder } from './finder.js';
import { PersonRow } from './person-row.js';

export function Invite({ room, onClose }) {
  const [invited, setInvited] = useState(new Set());
  const isIn = (person) => invited.has(person.id) || membersOf(room.id)?.has(person.id);
  const add = async (person) => {
    if (!isIn(person) && await attempt(() => invite(room.id, person.id))) setInvited(new Set([...invited, person.id]));
  };
  const item = (person) => html`<${PersonRow} person=${person} action=${isIn(person) ? 'Is in' : 'Invite'} disabled=${isIn(person)}
    onClick=${() => add(person)} />`;
  return html`<${Dialog} title=${`Invite to ${room.name}`} onClose=${onClose}>
    <${Finder} label="Name of a person" find=${findPeople} item=${item} empty="Nobody is called so." />
  <//>`;
}
