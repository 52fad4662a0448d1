import { send } from '../net/socket.js';

const marked = new Map(); // room id -> position
const SETTLE_MS = 250;
let timer;

/** The newest message that was seen; said once for what comes close together, and again later where it could not be. */
export function markRead(roomId, message) {
  if ((marked.get(roomId) ?? 0) >= message.position) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    marked.set(roomId, message.position);
    try {
      await send('read.mark', { roomId, messageId: message.id });
    } catch {
      marked.delete(roomId);
    }
  }, SETTLE_MS);
}

export function forgetMarks() {
  marked.clear();
}
