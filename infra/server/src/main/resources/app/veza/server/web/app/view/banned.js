import { html, useCell, useEffect } from '../core/ui.js';
import { bans, loadBans, unban } from '../chat/bans.js';
import { Avatar } from './avatar.js';
import { attempt, tell } from './toast.js';

/** Who may not be in the room, for those who may let them in again. */
export function Banned({ room }) {
  const list = useCell(bans).get(room.id) ?? [];
  useEffect(() => {
    attempt(() => loadBans(room.id));
  }, [room.id]);
  const lift = async (person) => {
    if (await attempt(() => unban(room.id, person.id))) tell(`${person.displayName} may come in again.`);
  };
  return list.length > 0 && html`<section><h3>Banned · ${list.length}</h3>
    <ul class="rows">${list.map(({ person, bannedBy }) => html`<li class="row still" key=${person.id}>
      <${Avatar} person=${person} />
      <span class="row-text"><strong>${person.displayName}</strong><span>@${person.username} · by ${bannedBy.displayName}</span></span>
      <button type="button" class="button small" aria-label=${`Lift the ban of ${person.displayName}`} onClick=${() => lift(person)}>Lift ban</button>
    </li>`)}</ul></section>`;
}
