import { del, get, patch, put } from '../net/http.js';
import { timelineOf } from './timelines.js';

const path = (message) => `/api/rooms/${message.roomId}/messages/${message.id}`;

export const edit = (message, text) => patch(path(message), { text });
export const remove = (message) => del(path(message));

/** Shown at once, and taken back where it could not be done. */
export async function react(message, emoji, adds) {
  const timeline = timelineOf(message.roomId);
  timeline.react(message.id, emoji, adds);
  try {
    await (adds ? put : del)(`${path(message)}/reactions/${encodeURIComponent(emoji)}`);
  } catch (failure) {
    timeline.react(message.id, emoji, !adds);
    throw failure;
  }
}

/** Newest first: `{items, nextCursor}`. */
export async function search(words, roomId, cursor, signal) {
  const query = new URLSearchParams({ q: words, limit: '30' });
  if (roomId) query.set('roomId', roomId);
  if (cursor) query.set('cursor', cursor);
  return (await get(`/api/search?${query}`, { signal })).body;
}
