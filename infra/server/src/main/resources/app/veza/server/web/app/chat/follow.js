import { logId, note } from '../net/positions.js';
import { on, onOpen, send, status } from '../net/socket.js';
import { Problem } from '../net/problem.js';
import { pause } from '../core/pause.js';
import { applyToMembers, loadMembers, membersOf } from './members.js';
import { applyToRooms, dropRoom, loadRoom, loadRooms, rooms } from './rooms.js';
import { claim } from './outbox.js';
import { forgetTimeline, openTimelines, timelineOf } from './timelines.js';

/**
 * Follows all my rooms. For each the position is kept up to which everything was told; whoever was away names it, with its log, and gets
 * what they missed. Where that is too much, the room is read anew.
 */
let marks = new Map(); // room id -> {position, log}
const AGAIN_MS = 2_000;
/** A socket takes so many frames at once before it is closed for being too loud. */
const AT_ONCE = 8;
const EVENTS = [
  'message.sent', 'message.edited', 'message.deleted', 'message.read',
  'reaction.added', 'reaction.removed', 'member.joined', 'member.left',
];

/** Reads which rooms there are and follows those that are not followed yet. */
export async function followAll() {
  const position = await loadRooms();
  const fresh = [];
  for (const roomId of rooms.get().keys()) {
    if (!marks.has(roomId)) {
      marks.set(roomId, { position, log: logId.get() });
      fresh.push(roomId);
    }
  }
  if (status.get() === 'live') subscribeAll(fresh);
  for (const roomId of marks.keys()) if (!rooms.get().has(roomId)) unfollow(roomId);
}

/** A room that one has just come into, as it was at a position. */
export async function follow(roomId) {
  const { room, position } = await loadRoom(roomId);
  if (room.role && !marks.has(roomId)) {
    marks.set(roomId, { position, log: logId.get() });
    await subscribe(roomId);
  }
}

export function unfollow(roomId) {
  if (!marks.delete(roomId)) return;
  forgetTimeline(roomId);
  send('room.unsubscribe', { roomId }).catch(() => {});
}

export function stopFollowing() {
  marks = new Map();
}

/** A few at a time, each next one when one is answered. */
async function subscribeAll(roomIds) {
  const waiting = [...roomIds];
  const work = async () => {
    while (waiting.length > 0) await subscribe(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function subscribe(roomId) {
  const mark = marks.get(roomId);
  if (!mark) return;
  try {
    const frame = await send('room.subscribe', { roomId, from: mark.position, log: mark.log });
    if (!frame.recovered) await readAnew(roomId, frame);
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    if (failure.status === 403 || failure.status === 404) outOf(roomId);
    else if (failure.status !== 0) {
      await pause((failure.retryAfter ?? 0) * 1000 || AGAIN_MS);
      if (status.get() === 'live') await subscribe(roomId);
    }
  }
}

function outOf(roomId) {
  marks.delete(roomId);
  forgetTimeline(roomId);
  dropRoom(roomId);
}

/** Live from `position` on; before it there may be anything. */
async function readAnew(roomId, { position, log }) {
  // What is read must reach as far as what is pushed begins
  note(position, log);
  marks.set(roomId, { position, log });
  await Promise.all([
    loadRoom(roomId),
    openTimelines().get(roomId)?.forget(),
    membersOf(roomId) && loadMembers(roomId),
  ]);
}

const counting = new Map(); // room id -> timer

/** Once for many events. */
function countAnew(roomId) {
  clearTimeout(counting.get(roomId));
  counting.set(roomId, setTimeout(() => {
    counting.delete(roomId);
    if (marks.has(roomId)) loadRoom(roomId).catch(() => {});
  }, 300));
}

function take(event) {
  const mark = marks.get(event.roomId);
  if (!mark || event.position <= mark.position) return;
  marks.set(event.roomId, { ...mark, position: event.position });
  if (event.type === 'message.sent') claim(event.message);
  if (event.message) timelineOf(event.roomId).apply(event);
  applyToMembers(event);
  if (applyToRooms(event)) countAnew(event.roomId);
  if (event.type === 'member.left' && !rooms.get()?.has(event.roomId)) unfollow(event.roomId);
}

for (const type of EVENTS) on(type, take);

/** One has left it, or was removed. */
on('room.unsubscribed', ({ roomId }) => {
  if (marks.has(roomId)) outOf(roomId);
});

onOpen(() => subscribeAll(marks.keys()));
