import { connect, disconnect, on } from '../net/socket.js';
import { forget } from '../net/session.js';
import { logId } from '../net/positions.js';
import { dropBroadcast } from '../live/broadcast.js';
import { loadLive } from '../live/streams.js';
import { stopListening } from '../live/player.js';
import { forgetBans } from './bans.js';
import { forgetBlocks } from './blocks.js';
import { followAll, stopFollowing } from './follow.js';
import { forgetFiles } from './files.js';
import { forgetMarks } from './reading.js';
import { forgetMembers } from './members.js';
import { forgetTimelines } from './timelines.js';
import { restoreOutbox } from './outbox.js';
import { rooms } from './rooms.js';

const AGAIN_EVERY_MS = 60_000;

/** From signing in to signing out. Answers how to end it; `failed` hears of what kept the rooms from being read. */
export function begin(failed) {
  restoreOutbox();
  const look = () => {
    followAll().then(() => failed(null), failed);
    // of no weight: the page about it says what is wrong
    loadLive().catch(() => {});
  };
  look();
  connect();
  const timer = setInterval(look, AGAIN_EVERY_MS);
  const onVisible = () => {
    if (document.visibilityState === 'visible') look();
  };
  document.addEventListener('visibilitychange', onVisible);
  const stops = [
    on('session.ended', () => forget('Your session was ended. Sign in again.')),
    // somebody invited us, for instance
    on('notification', look),
    logId.subscribe(look),
  ];
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', onVisible);
    for (const stop of stops) stop();
    dropBroadcast();
    stopListening();
    disconnect();
    stopFollowing();
    forgetTimelines();
    forgetMembers();
    forgetBans();
    forgetBlocks();
    forgetMarks();
    forgetFiles();
    rooms.set(null);
  };
}
