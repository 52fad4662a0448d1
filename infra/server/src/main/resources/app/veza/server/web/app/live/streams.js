import { cell, withEntry } from '../core/cell.js';
import { get, patch, post } from '../net/http.js';
import { on, onOpen, send, status } from '../net/socket.js';

/** Streams that somebody looks at, by id, as they are now. */
export const streams = cell(new Map());
/** Ids of those on the air, newest first; null until it is known. */
export const onAir = cell(null);

const followed = new Map(); // id -> how many look at it
const PAGE = 50;

const remember = (stream) => streams.update((all) => withEntry(all, stream.id, stream));

export async function loadLive() {
  const { body } = await get(`/api/streams?state=live&limit=${PAGE}`);
  streams.update((all) => new Map([...all, ...body.items.map((stream) => [stream.id, stream])]));
  onAir.set(body.items.map((stream) => stream.id));
}

export const loadEnded = async (cursor) =>
  (await get(`/api/streams?state=ended&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).body;

export async function loadStream(id) {
  const { body } = await get(`/api/streams/${id}`);
  remember(body);
  return body;
}

export async function createStream(details) {
  const { body } = await post('/api/streams', details);
  await loadStream(body.streamId);
  return body.streamId;
}

export async function describe(id, changes) {
  await patch(`/api/streams/${id}`, changes);
  await loadStream(id);
}

export async function stopStream(id) {
  await post(`/api/streams/${id}/stop`);
  await loadStream(id);
}

/** Hears what becomes of it, as long as somebody looks. Returns how to end it. */
export function followStream(id) {
  followed.set(id, (followed.get(id) ?? 0) + 1);
  if (followed.get(id) === 1) subscribe(id);
  return () => {
    followed.set(id, followed.get(id) - 1);
    if (followed.get(id) === 0) {
      followed.delete(id);
      send('stream.unsubscribe', { streamId: id }).catch(() => {});
    }
  };
}

async function subscribe(id) {
  if (status.get() !== 'live') return;
  try {
    const { stream } = await send('stream.subscribe', { streamId: id });
    if (stream) remember(stream);
  } catch {
    // the view shows what it was read as, and reads it again
    await loadStream(id).catch(() => {});
  }
}

const changed = ({ stream }) => {
  if (!stream) return;
  // a recording may be there: of a private stream, its link is signed for each and in no frame
  if (stream.state === 'ended' && !stream.recordingUrl && followed.has(stream.id)) loadStream(stream.id).catch(() => {});
  remember(stream);
  onAir.update((ids) => ids && (isOnAir(stream) ? [...new Set([...ids, stream.id])] : ids.filter((id) => id !== stream.id)));
};

for (const type of ['stream.started', 'stream.updated', 'stream.stopped']) on(type, changed);

on('stream.listeners', ({ streamId, listeners, peakListeners }) => {
  const stream = streams.get().get(streamId);
  if (stream) remember({ ...stream, listeners, peakListeners });
});

onOpen(() => {
  for (const id of followed.keys()) subscribe(id);
});

export const isOnAir = (stream) => stream.state === 'live' || stream.state === 'interrupted';
