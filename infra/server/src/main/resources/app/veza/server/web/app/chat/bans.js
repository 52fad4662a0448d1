import { cell, withEntry } from '../core/cell.js';
import { del, getAll, put } from '../net/http.js';

/** Who is banned from the rooms that one looks after: room id -> `[{person, bannedBy, position}]`, the latest first. Nobody is told of a ban. */
export const bans = cell(new Map());

export async function loadBans(roomId) {
  const found = await getAll(`/api/rooms/${roomId}/bans`);
  bans.update((all) => withEntry(all, roomId, found));
}

export async function ban(roomId, userId) {
  await put(`/api/rooms/${roomId}/bans/${userId}`);
  await loadBans(roomId);
}

export async function unban(roomId, userId) {
  await del(`/api/rooms/${roomId}/bans/${userId}`);
  await loadBans(roomId);
}

export function forgetBans() {
  bans.set(new Map());
}
