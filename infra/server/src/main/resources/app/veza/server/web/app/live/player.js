import { cell } from '../core/cell.js';
import { del, post } from '../net/http.js';
import { accessToken } from '../net/session.js';
import { Problem, inWords } from '../net/problem.js';
import { streams } from './streams.js';

/**
 * What is listened to in this tab: `{stream, isLive, state, failure}`, with the states `loading`, `playing`, `paused`, `waiting`, `ended`
 * and `failed`; null when nothing is. It goes on while one looks at other things.
 */
export const listening = cell(null);

/** Not in the page, as it is heard wherever one is in it. */
export const audio = new Audio();
audio.preload = 'auto';

const SHARE_OF_LIMIT = 0.4;
const HLS_TYPE = 'application/vnd.apple.mpegurl';
const AGAIN_MS = 2_000;

let engine = null;
let beat = null;
let generation = 0;

const change = (changes) => listening.update((now) => now && { ...now, ...changes });

export async function listen(stream) {
  await stopListening();
  const mine = ++generation;
  const isLive = stream.state !== 'ended';
  listening.set({ stream, isLive, state: 'loading', failure: null });
  // within the click that asked for it, or browsers would not let it play later
  const playing = audio.play().catch(() => {});
  try {
    const source = await sourceOf(stream, isLive, mine);
    if (mine !== generation) return;
    await load(source, isLive, mine);
    await playing;
    await audio.play();
  } catch (failure) {
    if (mine !== generation) return;
    if (failure.name === 'NotAllowedError') change({ state: 'paused' });
    else if (failure.name !== 'AbortError') change({ state: 'failed', failure: words(failure) });
  }
}

/** `{url, withCookies}`: a listener's own link while it is live, and the cookies of what is in between when it wants some. */
const sourceOf = (stream, isLive, mine) =>
  isLive ? join(stream.id, mine) : { url: new URL('master.m3u8', stream.recordingUrl).href, withCookies: false };

/** A listener's own link, and signs of life for as long as one listens. */
async function join(streamId, mine) {
  const { body } = await post(`/api/streams/${streamId}/listeners/me`, undefined, { withCookies: true });
  if (mine === generation) {
    clearInterval(beat);
    beat = setInterval(() => post(`/api/streams/${streamId}/listeners/me`).catch(() => {}), body.repeatWithin * 1000 * SHARE_OF_LIMIT);
  }
  return { url: body.playbackUrl, withCookies: body.withCookies };
}

async function load({ url, withCookies }, isLive, mine) {
  const { default: Hls, Events, ErrorTypes } = await import('../../vendor/hls/hls.light.min.js');
  if (mine !== generation) return;
  if (!Hls.isSupported()) {
    if (!audio.canPlayType(HLS_TYPE)) throw new Problem({ detail: 'This browser cannot play live audio.' });
    audio.src = url;
    return;
  }
  engine = new Hls({ lowLatencyMode: true, enableWorker: false, backBufferLength: 600, liveDurationInfinity: true,
    xhrSetup: (xhr) => { xhr.withCredentials = withCookies; } });
  engine.on(Events.ERROR, (_, error) => {
    if (error.fatal && mine === generation) recover(error, ErrorTypes, isLive, mine);
  });
  engine.loadSource(url);
  engine.attachMedia(audio);
}

/** A stream that does not sound yet, a link that has expired, a network that is away: all of them pass. */
async function recover(error, ErrorTypes, isLive, mine) {
  if (error.type === ErrorTypes.MEDIA_ERROR) {
    engine.recoverMediaError();
    return;
  }
  change({ state: 'waiting' });
  await new Promise((done) => setTimeout(done, AGAIN_MS));
  if (mine !== generation) return;
  const { stream } = listening.get();
  try {
    const source = await sourceOf(stream, isLive, mine);
    if (mine !== generation) return;
    engine.loadSource(source.url);
    engine.startLoad();
    await audio.play();
  } catch (failure) {
    if (mine !== generation) return;
    if (failure instanceof Problem && !failure.isPassing) finish(failure);
    else if (failure instanceof Problem) recover(error, ErrorTypes, isLive, mine);
  }
}

/** It can be joined no more: most likely it has ended. */
function finish(failure) {
  engine?.destroy();
  engine = null;
  clearInterval(beat);
  change(failure.status === 409 ? { state: 'ended' } : { state: 'failed', failure: words(failure) });
}

export async function stopListening() {
  const now = listening.get();
  generation++;
  clearInterval(beat);
  engine?.destroy();
  engine = null;
  audio.pause();
  audio.removeAttribute('src');
  audio.load();
  listening.set(null);
  if (now?.isLive) await del(`/api/streams/${now.stream.id}/listeners/me`).catch(() => {});
}

export function pauseOrPlay() {
  if (audio.paused) audio.play().catch(() => {});
  else audio.pause();
}

/** Where one can go to, in seconds, and where the present is. */
export function span() {
  const { seekable, currentTime, duration } = audio;
  if (seekable.length === 0) return { start: 0, end: Number.isFinite(duration) ? duration : 0, now: currentTime, present: null };
  const present = listening.get()?.isLive ? engine?.liveSyncPosition ?? seekable.end(seekable.length - 1) : null;
  return { start: seekable.start(0), end: present ?? seekable.end(seekable.length - 1), now: currentTime, present };
}

export function seek(seconds) {
  audio.currentTime = seconds;
}

export function toPresent() {
  const { present } = span();
  if (present !== null) audio.currentTime = present;
  audio.play().catch(() => {});
}

const words = (failure) => inWords(failure instanceof Problem ? failure : new Problem({ detail: 'This cannot be played.' }));

const follow = (event, state) => audio.addEventListener(event, () => {
  const now = listening.get();
  if (now && now.state !== 'failed' && now.state !== 'ended') change({ state });
});
follow('playing', 'playing');
follow('waiting', 'waiting');
follow('pause', 'paused');
follow('ended', 'ended');

/** What has ended is heard to its end, and nobody is counted for it any more. */
streams.subscribe((all) => {
  const now = listening.get();
  if (now?.isLive && all.get(now.stream.id)?.state === 'ended') clearInterval(beat);
});

/** Who closes the page is counted no longer. */
addEventListener('pagehide', async () => {
  const now = listening.get();
  if (now?.isLive) {
    fetch(`/api/streams/${now.stream.id}/listeners/me`, {
      method: 'DELETE',
      keepalive: true,
      headers: { Authorization: `Bearer ${await accessToken()}` },
    });
  }
});
