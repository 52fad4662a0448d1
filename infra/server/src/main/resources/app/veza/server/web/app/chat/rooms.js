import { cell, withEntry } from '../core/cell.js';
import { del, get, patch, post, put } from '../net/http.js';
import { logId } from '../net/positions.js';
import { session } from '../net/session.js';

/**
 * My rooms by id, as the API has them, with what happened since; null until they are there. Each bears the position at which it was so
 * (`version`): what is read and what is pushed may come in any order.
 */
export const rooms = cell(null);

// positions of another log mean nothing
logId.subscribe(() => rooms.update((all) => all && new Map([...all].map(([id, room]) => [id, { ...room, version: 0 }]))));

/** What was read, unless more was told since. */
function newest(read) {
  const known = rooms.get()?.get(read.id);
  return known && known.version > read.asOf ? known : { ...read, version: read.asOf };
}

const me = () => session.get()?.user.id;
const PAGE = 100;

/** All of them; answers the position at which they were so. Those that one came into meanwhile stay. */
export async function loadRooms() {
  const before = rooms.get();
  const found = new Map();
  let position = 0;
  let cursor = null;
  do {
    const page = await get(`/api/rooms?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    for (const room of page.body.items) found.set(room.id, room);
    position ||= page.position;
    cursor = page.body.nextCursor;
  } while (cursor);
  const fresh = [...(rooms.get() ?? [])].filter(([id]) => before && !before.has(id));
  rooms.set(new Map([...fresh, ...[...found].map(([id, room]) => [id, newest(room)])]));
  return position;
}

/** One of them anew, as it was at a position or later: its numbers are counted by the server. Answers it and the position at which it was so. */
export async function loadRoom(id, from = 0) {
  const { body, position } = await get(`/api/rooms/${id}`, { from });
  if (body.role) rooms.update((all) => all && withEntry(all, id, newest(body)));
  return { room: body, position };
}

export const findRooms = async (words) =>
  (await get(`/api/rooms?scope=public&limit=50${words ? `&q=${encodeURIComponent(words)}` : ''}`)).body.items;

export async function createRoom(name, topic, visibility) {
  const { body } = await post('/api/rooms', { name, visibility, ...(topic ? { topic } : {}) });
  await loadRoom(body.roomId);
  return body.roomId;
}

export async function openDirectRoom(userId) {
  const { body } = await post('/api/rooms/direct', { userId });
  await loadRoom(body.roomId);
  return body.roomId;
}

export async function joinRoom(id) {
  await put(`/api/rooms/${id}/members/me`);
  await loadRoom(id);
}

export async function leaveRoom(id) {
  await del(`/api/rooms/${id}/members/me`);
  dropRoom(id);
}

export async function changeRoom(id, changes) {
  await patch(`/api/rooms/${id}`, changes);
  await loadRoom(id);
}

/** It stays in the list, to be read. */
export async function closeRoom(id) {
  const { position } = await del(`/api/rooms/${id}`);
  showClosed(id, position);
}

/** At a position, so that a look at the room from before does not open it again. */
export function showClosed(id, position = 0) {
  rooms.update((all) => all?.has(id) && !all.get(id).closedAt
    ? withEntry(all, id, { ...all.get(id), closedAt: new Date().toISOString(), version: Math.max(all.get(id).version ?? 0, position ?? 0) })
    : all);
}

export const invite = (id, userId) => put(`/api/rooms/${id}/members/${userId}`);
export const mute = (id, userId) => put(`/api/rooms/${id}/mutes/${userId}`, {});
export const unmute = (id, userId) => del(`/api/rooms/${id}/mutes/${userId}`);

export async function setSlowMode(id, seconds) {
  await put(`/api/rooms/${id}/slow-mode`, { seconds });
  await loadRoom(id);
}

export const removeMember = (id, userId) => del(`/api/rooms/${id}/members/${userId}`);

export function dropRoom(id) {
  rooms.update((all) => all && withEntry(all, id, undefined));
}

/** What an event of the room changes in the list. True when only the server can tell the numbers that follow from it. */
export function applyToRooms(event) {
  const room = rooms.get()?.get(event.roomId);
  if (!room || event.position <= room.version) return false;
  const change = (changes) => rooms.update((all) => withEntry(all, room.id, { ...room, ...changes, version: event.position }));
  switch (event.type) {
    case 'message.sent': {
      const { message } = event;
      const isMine = message.sender.id === me();
      change({
        lastMessage: message,
        unread: (room.unread ?? 0) + (isMine ? 0 : 1),
        mentions: (room.mentions ?? 0) + (!isMine && message.mentions.includes(me()) ? 1 : 0),
      });
      return false;
    }
    case 'message.edited':
    case 'message.deleted':
      if (room.lastMessage?.id === event.message.id) change({ lastMessage: event.message });
      return (room.unread ?? 0) > 0;
    case 'message.read': {
      if (event.person.id !== me()) return false;
      const isAll = event.messagePosition >= (room.lastMessage?.position ?? 0);
      if (isAll) change({ unread: 0, mentions: 0 });
      return !isAll;
    }
    case 'member.joined':
      change({ memberCount: room.memberCount + 1 });
      return false;
    case 'member.left':
      if (event.person.id === me()) dropRoom(room.id);
      else change({ memberCount: room.memberCount - 1 });
      return false;
    case 'member.changed':
      if (event.role && event.person.id === me()) change({ role: event.role });
      return false;
    case 'room.changed':
      change(event.name ? { name: event.name, topic: event.topic } : { slowModeSeconds: event.slowModeSeconds });
      return false;
    default:
      return false;
  }
}
