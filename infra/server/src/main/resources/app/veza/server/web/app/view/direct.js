import { html } from '../core/ui.js';
import { go } from '../core/route.js';
import { findPeople } from '../chat/people.js';
import { openDirectRoom } from '../chat/rooms.js';
import { follow } from '../chat/follow.js';
import { attempt } from './toast.js';
import { Dialog } from './dialog.js';
import { Finder } from './finder.js';
import { PersonRow } from './person-row.js';

/** A conversation with one person: the one there is, or a new one. */
export function Direct({ me, onClose }) {
  const find = async (words, signal) => (await findPeople(words, signal)).filter((person) => person.id !== me.id);
  const item = (person) => html`<${PersonRow} person=${person} action="Message" onClick=${() => talkTo(person.id, onClose)} />`;
  return html`<${Dialog} title="New direct message" onClose=${onClose}>
    <${Finder} label="Name of a person" find=${find} item=${item} empty="Nobody is called so." />
  <//>`;
}

export async function talkTo(personId, done = () => {}) {
  await attempt(async () => {
    const id = await openDirectRoom(personId);
    await follow(id);
    done();
    go('rooms', id);
  });
}
