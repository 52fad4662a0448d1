import { cell, withEntry } from '../core/cell.js';
import { on, onOpen, send, status } from '../net/socket.js';

/** Who of those that are watched is there: person id -> `{isOnline, lastSeenAt}`. Nothing is known of who is not in it. */
export const presence = cell(new Map());

const MOST = 500;
const SETTLE_MS = 150;
const watched = new Map(); // who asks -> ids
let timer;

/** These are of interest to somebody, in place of those before. Returns how to end it. */
export function watch(who, ids) {
  watched.set(who, ids);
  tellSoon();
  return () => {
    watched.delete(who);
    tellSoon();
  };
}

function tellSoon() {
  clearTimeout(timer);
  timer = setTimeout(tell, SETTLE_MS);
}

async function tell() {
  if (status.get() !== 'live') return;
  const userIds = [...new Set([...watched.values()].flat())].slice(0, MOST);
  try {
    await send('presence.watch', { userIds });
  } catch {
    // it is said again when the socket opens, and shows nothing until then
    presence.set(new Map());
  }
}

const set = (state) => ({ userId, lastSeenAt }) =>
  presence.update((all) => withEntry(all, userId, { isOnline: state, lastSeenAt }));

on('user.online', set(true));
on('user.offline', set(false));
onOpen(tell);

/** While one is cut off nobody's presence is known. */
status.subscribe((now) => {
  if (now !== 'live') presence.set(new Map());
});
