import { cell } from '../core/cell.js';
import { Problem } from '../net/problem.js';
import { onOpen, send } from '../net/socket.js';
import { session } from '../net/session.js';
import { timelineOf } from './timelines.js';

/**
 * Messages on their way: `{key, roomId, text, replyTo, attachments, at, failure}`. One is sent again under the same name until the server
 * has acknowledged or refused it, so it is stored once, also when the page is loaded anew meanwhile.
 */
export const outbox = cell([]);

const STORED = 'veza.outbox';
const me = () => session.get().user;
const inFlight = new Set();
/** Pushed before it was acknowledged: key of what waits -> id of the message. */
const arrived = new Map();

export function sendMessage(roomId, { text, replyTo, attachments = [] }) {
  const entry = { key: crypto.randomUUID(), roomId, text, replyTo, attachments, at: new Date().toISOString(), failure: null };
  save([...outbox.get(), entry]);
  deliver(entry);
}

export function retry(key) {
  const entry = outbox.get().find((other) => other.key === key);
  change(key, { failure: null });
  deliver({ ...entry, failure: null });
}

export function discard(key) {
  save(outbox.get().filter((entry) => entry.key !== key));
}

/** What was not acknowledged when the page was left. */
export function restoreOutbox() {
  const stored = JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
  outbox.set(stored?.userId === me().id ? stored.entries : []);
}

/** Whether a message of mine that is pushed is one that waits here: it is then shown once. */
export function claim(message) {
  if (message.sender.id !== me().id) return;
  const entry = outbox.get().find((other) => other.roomId === message.roomId
    && other.text === message.text
    && (other.replyTo ?? null) === (message.replyTo ?? null)
    && !other.failure
    && !arrived.has(other.key));
  if (entry) {
    arrived.set(entry.key, message.id);
    message.key = entry.key;
    outbox.update((entries) => entries.map((other) => (other === entry ? { ...other, hasArrived: true } : other)));
  }
}

async function deliver(entry) {
  if (inFlight.has(entry.key)) return;
  inFlight.add(entry.key);
  try {
    const { messageId, position } = await send('message.send', {
      roomId: entry.roomId,
      text: entry.text,
      clientMessageId: entry.key,
      ...(entry.replyTo ? { replyTo: entry.replyTo } : {}),
      ...(entry.attachments.length > 0 ? { attachments: entry.attachments.map((file) => file.id) } : {}),
    });
    timelineOf(entry.roomId).insert(asMessage(entry, messageId, position));
    discard(entry.key);
  } catch (failure) {
    // what nobody answered goes again when the socket is back
    if (!(failure instanceof Problem) || !failure.isPassing) change(entry.key, { failure });
    else if (failure.status !== 0) setTimeout(() => resend(entry.key), (failure.retryAfter ?? 1) * 1000);
  } finally {
    inFlight.delete(entry.key);
    arrived.delete(entry.key);
  }
}

function resend(key) {
  const entry = outbox.get().find((other) => other.key === key);
  if (entry && !entry.failure) deliver(entry);
}

function asMessage(entry, id, position) {
  const { id: senderId, username, displayName } = me();
  return {
    id,
    key: entry.key,
    roomId: entry.roomId,
    position,
    sender: { id: senderId, username, displayName },
    text: entry.text,
    sentAt: entry.at,
    replyTo: entry.replyTo,
    mentions: [],
    reactions: {},
    attachments: entry.attachments,
  };
}

function change(key, changes) {
  save(outbox.get().map((entry) => (entry.key === key ? { ...entry, ...changes } : entry)));
}

function save(entries) {
  outbox.set(entries);
  const kept = entries.map(({ failure, hasArrived, ...rest }) => ({ ...rest, failure: null }));
  sessionStorage.setItem(STORED, JSON.stringify({ userId: me().id, entries: kept }));
}

onOpen(() => {
  for (const entry of outbox.get()) if (!entry.failure) deliver(entry);
});
