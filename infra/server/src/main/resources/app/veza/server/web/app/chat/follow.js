import { logId, note } from '../net/positions.js';
import { on, onOpen, send, status } from '../net/socket.js';
import { Problem } from '../net/problem.js';
import { pause } from '../core/pause.js';
import { applyToMembers, loadMembers, membersOf } from './members.js';
import { applyToRooms, dropRoom, loadRoom, loadRooms, rooms, showClosed } from './rooms.js';
import { claim } from './outbox.js';
import { forgetTimeline, openTimelines, timelineOf } from './timelines.js';

/**
 * Follows all my rooms. For each the position is kept up to which everything was told; whoever was away names it, with its log, and gets
 * what they missed. Where that is too much, the room is read anew.
 */
let marks = new Map(); // room id -> {position, log}
const AGAIN_MS = 2_000;
const AT_ONCE = 8;
/** The server closes who sends more than 200 frames at once and 50 a second: the rest is for all else that is said. */
const BURST = 120;
const EACH_SECOND = 40;
const EVENTS = [
  'message.sent', 'message.edited', 'message.deleted', 'message.read',
  'reaction.added', 'reaction.removed', 'member.joined', 'member.left', 'member.changed', 'room.changed',
];

/** Reads which rooms there are and follows those that are not followed yet. */
export async function followAll() {
  const followed = [...marks.keys()];
  const position = await loadRooms();
  const fresh = [];
  for (const [roomId, room] of rooms.get()) {
    if (!marks.has(roomId) && !room.closedAt) {
      marks.set(roomId, { position, log: logId.get() });
      fresh.push(roomId);
    }
  }
  subscribeAll(fresh);
  for (const roomId of followed) if (!rooms.get().has(roomId)) unfollow(roomId);
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
  waiting.clear();
}

const waiting = new Set(); // ids of rooms that are to be subscribed to
let atWork = 0;
let budget = BURST;
let countedAt = 0;

/** A few at a time, each next one when one is answered, and no faster than the server takes it. All are when a socket opens. */
function subscribeAll(roomIds) {
  if (status.get() !== 'live') return;
  for (const roomId of roomIds) waiting.add(roomId);
  while (atWork < AT_ONCE && waiting.size > 0) work();
}

async function work() {
  atWork++;
  try {
    while (waiting.size > 0 && status.get() === 'live') {
      const [roomId] = waiting;
      waiting.delete(roomId);
      await turn();
      await subscribe(roomId);
    }
  } finally {
    atWork--;
  }
}

async function turn() {
  const now = performance.now();
  budget = Math.min(BURST, budget + ((now - countedAt) / 1000) * EACH_SECOND) - 1;
  countedAt = now;
  if (budget < 0) await pause((-budget / EACH_SECOND) * 1000);
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
    // more rooms than one socket can follow: this one is read, not followed
    else if (failure.status !== 0 && failure.slug !== 'too-many-subscriptions') {
      setTimeout(() => subscribeAll([roomId]), (failure.retryAfter ?? 0) * 1000 || AGAIN_MS);
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
    // what keeps it from being read is told where all rooms are
    if (marks.has(roomId)) count(roomId).catch(() => {});
  }, 300));
}

async function count(roomId) {
  const { room } = await loadRoom(roomId, marks.get(roomId).position);
  if (rooms.get()?.get(roomId)?.version > room.asOf) countAnew(roomId);
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

/** One has left it, was removed, or nothing can happen there any more: then it stays, to be read. */
on('room.unsubscribed', ({ roomId, reason, position }) => {
  if (!marks.has(roomId)) return;
  if (reason !== 'closed') {
    outOf(roomId);
    return;
  }
  marks.delete(roomId);
  note(position);
  showClosed(roomId, position);
});

onOpen(() => subscribeAll(marks.keys()));
