import { cell, withEntry } from '../core/cell.js';
import { get } from '../net/http.js';

const PAGE = 100;
const MOST = 1000;

/** Members of the rooms that were looked at: room id -> person id -> `{id, username, displayName, role, readPosition}`. */
export const members = cell(new Map());

export async function loadMembers(roomId) {
  const found = new Map();
  let cursor = null;
  do {
    const { body } = await get(
      `/api/rooms/${roomId}/members?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    for (const member of body.items) found.set(member.id, member);
    cursor = body.nextCursor;
  } while (cursor && found.size < MOST);
  const known = members.get().get(roomId);
  // marks that were pushed meanwhile stay
  for (const [id, member] of found) {
    const mark = known?.get(id)?.readPosition ?? 0;
    if (mark > member.readPosition) found.set(id, { ...member, readPosition: mark });
  }
  members.update((all) => withEntry(all, roomId, found));
}

export const membersOf = (roomId) => members.get().get(roomId);

export function applyToMembers(event) {
  const here = membersOf(event.roomId);
  if (!here) return;
  const { person } = event;
  const set = (member) => members.update((all) => withEntry(all, event.roomId, withEntry(here, person.id, member)));
  const known = here.get(person?.id);
  switch (event.type) {
    case 'member.joined':
      set({ readPosition: event.position, ...known, ...person, role: event.role });
      break;
    case 'member.left':
      set(undefined);
      break;
    case 'member.changed':
      if (known) set({ ...known, ...(event.role ? { role: event.role } : { muted: event.muted, mutedUntil: event.mutedUntil }) });
      break;
    case 'message.read':
      if (known && known.readPosition < event.messagePosition) set({ ...known, readPosition: event.messagePosition });
      break;
    default:
  }
}

export function forgetMembers() {
  members.set(new Map());
}
