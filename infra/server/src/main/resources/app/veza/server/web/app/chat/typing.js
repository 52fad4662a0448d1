import { cell, withEntry } from '../core/cell.js';
import { on, send } from '../net/socket.js';
import { session } from '../net/session.js';

/** Who is writing: room id -> people, each until `expiresIn` seconds have passed without hearing of them again. */
export const typing = cell(new Map());

const AGAIN_MS = 4_000;
const timers = new Map(); // room and person -> timer
let told = { roomId: null, at: 0 };

on('typing', ({ roomId, person, expiresIn }) => {
  if (person.id === session.get()?.user.id) return;
  const key = `${roomId} ${person.id}`;
  clearTimeout(timers.get(key));
  if (expiresIn > 0) timers.set(key, setTimeout(() => stopped(roomId, person.id), expiresIn * 1000));
  const others = (typing.get().get(roomId) ?? []).filter((other) => other.id !== person.id);
  typing.update((all) => withEntry(all, roomId, expiresIn > 0 ? [...others, person] : others));
});

/** Who has said something is not writing it any more. */
on('message.sent', ({ roomId, message }) => stopped(roomId, message.sender.id));

function stopped(roomId, personId) {
  const now = typing.get().get(roomId);
  if (now?.some((person) => person.id === personId)) {
    typing.update((all) => withEntry(all, roomId, now.filter((person) => person.id !== personId)));
  }
}

/** At each key; told to others from time to time. */
export function startTyping(roomId) {
  if (told.roomId === roomId && Date.now() - told.at < AGAIN_MS) return;
  told = { roomId, at: Date.now() };
  send('typing.start', { roomId }).catch(() => {});
}

export function stopTyping(roomId) {
  if (told.roomId !== roomId) return;
  told = { roomId: null, at: 0 };
  send('typing.stop', { roomId }).catch(() => {});
}
