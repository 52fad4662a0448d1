import { cell } from '../core/cell.js';
import { backoff, pause } from '../core/pause.js';
import { gatewayUrl } from '../core/config.js';
import { Problem, UNREACHABLE } from './problem.js';
import { note } from './positions.js';
import { renew } from './session.js';
import { post } from './http.js';

const PING_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 15_000;
const OPEN_WITHIN_MS = 10_000;
const ENDED = 4401;

/** `off`, `connecting` (for the first time), `live` or `reconnecting`. */
export const status = cell('off');

const handlers = new Map(); // type of frame -> functions
const openings = new Set();
let socket = null;
let waiting = new Map(); // id of frame -> {done, failed, timer}
let nextId = 1;
let wanted = false;
let wake = () => {};

/** Called for each frame of this type that answers nothing; returns how to stop. */
export function on(type, handler) {
  if (!handlers.has(type)) handlers.set(type, new Set());
  handlers.get(type).add(handler);
  return () => handlers.get(type).delete(handler);
}

/** Called whenever a socket has opened: what was said over the former one is to be said again. */
export function onOpen(handler) {
  openings.add(handler);
  return () => openings.delete(handler);
}

export function connect() {
  if (!wanted) {
    wanted = true;
    status.set('connecting');
    keepConnected();
  }
}

export function disconnect() {
  wanted = false;
  socket?.close(1000);
  wake();
  status.set('off');
}

/** Sends a frame and waits for what answers it; throws a Problem, also when the socket is cut meanwhile. */
export function send(type, members = {}) {
  return new Promise((done, failed) => {
    if (socket?.readyState !== WebSocket.OPEN) {
      failed(UNREACHABLE);
      return;
    }
    const id = String(nextId++);
    const timer = setTimeout(() => {
      waiting.delete(id);
      failed(UNREACHABLE);
      socket?.close(4000);
    }, ANSWER_WITHIN_MS);
    waiting.set(id, { done, failed, timer });
    socket.send(JSON.stringify({ id, type, ...members }));
  });
}

async function keepConnected() {
  let attempt = 0;
  while (wanted) {
    const { closing, failure } = await open().catch((reason) => ({ failure: reason }));
    if (closing) {
      attempt = 0;
      status.set('live');
      for (const handler of openings) handler();
      // over, or it was opened with what is over: whoever is signed in still can renew
      if ((await closing) === ENDED) await renew().catch(() => {});
      if (wanted) status.set('reconnecting');
    }
    // the session has ended, and who watches it disconnects us
    if (failure?.status === 401) return;
    if (wanted) await Promise.race([pause(backoff(attempt++)), new Promise((now) => { wake = now; })]);
  }
}

/** Resolves, once open, to a promise of the close code. */
async function open() {
  const { body } = await post('/auth/ws-ticket');
  const opening = new WebSocket(`${gatewayUrl}/ws?ticket=${encodeURIComponent(body.ticket)}`);
  const timer = setTimeout(() => opening.close(), OPEN_WITHIN_MS);
  let closed;
  const closing = new Promise((done) => { closed = done; });
  return new Promise((opened, failed) => {
    opening.onopen = () => {
      clearTimeout(timer);
      socket = opening;
      const pinging = setInterval(() => send('ping').catch(() => {}), PING_EVERY_MS);
      closing.then(() => clearInterval(pinging));
      opened({ closing });
      if (!wanted) opening.close(1000);
    };
    opening.onmessage = ({ data }) => receive(JSON.parse(data));
    opening.onclose = ({ code }) => {
      clearTimeout(timer);
      if (socket === opening) {
        socket = null;
        failAll();
      }
      closed(code);
      failed(UNREACHABLE);
    };
  });
}

function receive(frame) {
  note(0, frame.log);
  const asked = frame.id !== undefined && waiting.get(frame.id);
  if (asked) {
    waiting.delete(frame.id);
    clearTimeout(asked.timer);
    if (frame.type === 'error') asked.failed(new Problem(frame.problem));
    else {
      if (frame.type === 'ack' && frame.position) note(frame.position, frame.log);
      asked.done(frame);
    }
    return;
  }
  for (const handler of handlers.get(frame.type) ?? []) handler(frame);
}

function failAll() {
  for (const { failed, timer } of waiting.values()) {
    clearTimeout(timer);
    failed(UNREACHABLE);
  }
  waiting = new Map();
}

/** What makes another attempt worth while at once. */
addEventListener('online', () => wake());
addEventListener('offline', () => socket?.close(4000));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') wake();
});
