import { backoff, pause } from '../core/pause.js';
import { Problem, UNREACHABLE } from './problem.js';
import { logId, note, seen } from './positions.js';
import { accessToken, renew } from './session.js';
import { exchange } from './exchange.js';

const ATTEMPTS = 4;
const LONGEST_WAIT_MS = 5_000;
const PAGE = 100;
const MOST_LISTED = 1_000;

/**
 * One call of the API by whoever is signed in. A command may be sent several times, which is harmless: all attempts bear one key.
 * Answers `{status, body, position}`; throws a Problem.
 */
export async function call(method, path, body, { signal, from = 0, withCookies = false } = {}) {
  const isRead = method === 'GET';
  const key = isRead ? undefined : crypto.randomUUID();
  for (let attempt = 0; ; attempt++) {
    const problem = await once(method, path, body, { signal, withCookies, key, from: isRead ? Math.max(from, seen()) : 0 })
      .then((answer) => ({ answer }), (failure) => ({ failure }));
    if (problem.answer) return problem.answer;
    const { failure } = problem;
    if (signal?.aborted || !(failure instanceof Problem) || attempt + 1 >= ATTEMPTS) throw failure;
    if (failure.slug === 'log-replaced') continue;
    const wait = failure.retryAfter ? failure.retryAfter * 1000 : backoff(attempt);
    if (!failure.isPassing || wait > LONGEST_WAIT_MS) throw failure;
    await pause(wait);
  }
}

async function once(method, path, body, { signal, withCookies, key, from }) {
  const headers = {};
  if (key) headers['Idempotency-Key'] = key;
  if (from > 0 && logId.get()) {
    headers['Veza-Min-Position'] = String(from);
    headers['Veza-Log'] = logId.get();
  }
  const options = { headers, signal, withCookies };
  let answer = await exchange(method, path, body, { ...options, token: await accessToken() });
  if (answer.status === 401) {
    await renew();
    answer = await exchange(method, path, body, { ...options, token: await accessToken() });
  }
  note(method === 'GET' ? 0 : answer.position, answer.log);
  if (answer.problem) throw answer.problem;
  return answer;
}

export const get = (path, options) => call('GET', path, undefined, options);

/** The items of a list, page after page, the first thousand of them. */
export async function getAll(path) {
  const items = [];
  const query = `${path}${path.includes('?') ? '&' : '?'}limit=${PAGE}`;
  let cursor = null;
  do {
    const { body } = await get(cursor ? `${query}&cursor=${encodeURIComponent(cursor)}` : query);
    items.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor && items.length < MOST_LISTED);
  return items;
}

export const post = (path, body, options) => call('POST', path, body, options);
export const put = (path, body, options) => call('PUT', path, body, options);
export const patch = (path, body, options) => call('PATCH', path, body, options);
export const del = (path, options) => call('DELETE', path, undefined, options);

/** What an authorised link leads to, as a blob: pictures and files cannot send a token along themselves. */
export async function download(path, { method = 'GET', signal } = {}) {
  let answer;
  try {
    answer = await fetch(path, { method, headers: { Authorization: `Bearer ${await accessToken()}` }, signal, cache: 'no-store' });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw UNREACHABLE;
  }
  if (!answer.ok) throw new Problem({ status: answer.status, detail: 'The file cannot be loaded.' });
  return answer.blob();
}
