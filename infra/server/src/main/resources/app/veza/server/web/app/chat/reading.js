import { send } from '../net/socket.js';
import { loadRoom, rooms } from './rooms.js';

const marked = new Map(); // room id -> position
const SETTLE_MS = 250;
const timers = new Map(); // room id -> timer

/** The newest message that was seen; said once for what comes close together, and again later where it could not be. */
export function markRead(roomId, message) {
  if ((marked.get(roomId) ?? 0) >= message.position) return;
  clearTimeout(timers.get(roomId));
  timers.set(roomId, setTimeout(async () => {
    timers.delete(roomId);
    marked.set(roomId, message.position);
    try {
      await send('read.mark', { roomId, messageId: message.id });
      // of a closed room nothing is pushed
      if (rooms.get()?.get(roomId)?.closedAt) await loadRoom(roomId);
    } catch {
      marked.delete(roomId);
    }
  }, SETTLE_MS));
}

export function forgetMarks() {
  marked.clear();
}
