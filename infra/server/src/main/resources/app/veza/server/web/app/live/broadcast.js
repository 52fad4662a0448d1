import { cell } from '../core/cell.js';
import { backoff, pause } from '../core/pause.js';
import { gatewayUrl } from '../core/config.js';
import { post } from '../net/http.js';
import { Problem, UNREACHABLE } from '../net/problem.js';
import { loadStream, stopStream } from './streams.js';
import { openMicrophone } from './microphone.js';

/**
 * What this tab sends: `{streamId, state, failure, meter, since}`, with the states `connecting`, `live`, `reconnecting` and `failed`; null
 * when it sends nothing. It goes on while one looks at other things.
 */
export const broadcast = cell(null);

const PIECE_MS = 250;
const BITS_PER_SECOND = 128_000;
const MOST_QUEUED = 512 * 1024;
/** A stream waits so long for its broadcaster. */
const WAITED_FOR_MS = 30_000;
const FORMATS = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];

let stopNow = () => {};

export const format = () => (typeof MediaRecorder === 'undefined' ? undefined : FORMATS.find((type) => MediaRecorder.isTypeSupported(type)));

/** Asks for the microphone, then sends until it is stopped. @throws Problem when there is none or it may not be used */
export async function goLive(streamId, { device, isMusic }) {
  const microphone = await openMicrophone({ device, isMusic });
  let isWanted = true;
  let hangUp = () => {};
  stopNow = () => {
    stopNow = () => {};
    isWanted = false;
    hangUp();
    microphone.close();
    broadcast.set(null);
  };
  microphone.onEnded(() => fail(new Problem({ detail: 'The microphone was taken away.' })));
  broadcast.set({ streamId, state: 'connecting', failure: null, meter: microphone.meter, since: null });
  send(streamId, microphone.stream, () => isWanted, (how) => { hangUp = how; });
}

export async function endBroadcast() {
  const { streamId } = broadcast.get();
  await stopStream(streamId);
  stopNow();
}

/** Lets go of the microphone; the stream then ends by itself. */
export const dropBroadcast = () => stopNow();

const change = (changes) => broadcast.update((now) => now && { ...now, ...changes });

function fail(failure) {
  const { streamId, meter } = broadcast.get() ?? {};
  stopNow();
  if (streamId) broadcast.set({ streamId, state: 'failed', failure, meter: null, since: null });
  if (meter && streamId) loadStream(streamId).catch(() => {});
}

/** Over drops: each connection begins a recording of its own, since what follows a gap cannot be decoded by what was before it. */
async function send(streamId, sound, isWanted, onHangUp) {
  let lost = null;
  for (let attempt = 0; isWanted(); attempt++) {
    const { refusal, hasSent, isOver } = await connection(streamId, sound, onHangUp)
      .catch((failure) => ({ refusal: failure.status === 0 || failure.isPassing ? null : failure }));
    if (!isWanted()) return;
    if (isOver) {
      stopNow();
      return;
    }
    if (refusal) {
      fail(refusal);
      return;
    }
    if (hasSent) {
      attempt = 0;
      lost = null;
    }
    lost ??= Date.now();
    if (Date.now() - lost > WAITED_FOR_MS) {
      fail(new Problem({ detail: 'You were cut off for too long, so the stream has ended.' }));
      return;
    }
    change({ state: 'reconnecting' });
    await pause(backoff(attempt, { first: 250, longest: 3_000 }));
  }
}

async function connection(streamId, sound, onHangUp) {
  const { body } = await post('/auth/ws-ticket');
  const socket = new WebSocket(`${gatewayUrl}/live/${streamId}?ticket=${encodeURIComponent(body.ticket)}`);
  socket.binaryType = 'arraybuffer';
  onHangUp(() => socket.close(1000));
  let refusal = null;
  let recorder = null;
  let hasSent = false;
  return new Promise((done, failed) => {
    socket.onopen = () => {
      recorder = new MediaRecorder(sound, { mimeType: format(), audioBitsPerSecond: BITS_PER_SECOND });
      recorder.ondataavailable = async ({ data }) => {
        if (data.size === 0 || socket.readyState !== WebSocket.OPEN) return;
        // what piles up would be heard too late, and a gap is heard less than a growing delay
        if (socket.bufferedAmount > MOST_QUEUED) socket.close(4000);
        else {
          socket.send(data);
          if (!hasSent) {
            hasSent = true;
            broadcast.update((now) => now && { ...now, state: 'live', since: now.since ?? Date.now() });
          }
        }
      };
      recorder.start(PIECE_MS);
    };
    socket.onmessage = ({ data }) => {
      const frame = typeof data === 'string' ? JSON.parse(data) : {};
      if (frame.type === 'error') refusal = new Problem(frame.problem);
    };
    socket.onclose = ({ code }) => {
      if (recorder?.state === 'recording') recorder.stop();
      if (!recorder) failed(UNREACHABLE);
      else done({ refusal: isFinal(code) ? refusal : null, hasSent, isOver: code === 1000 });
    };
  });
}

/** What another attempt would not change: no such audio, not decodable, or the broadcaster is elsewhere. */
const isFinal = (code) => [4415, 4422, 4409].includes(code);

addEventListener('beforeunload', (event) => {
  if (broadcast.get() && broadcast.get().state !== 'failed') event.preventDefault();
});
