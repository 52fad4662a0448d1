import { cell } from '../core/cell.js';
import { exchange } from './exchange.js';
import { note } from './positions.js';
import { Problem } from './problem.js';

/**
 * Who is signed in: `{user}`, or null, and why no more. The access token lives in memory only. The refresh token is kept in the
 * browser's storage where the person wants to stay signed in; it is good once, and one that is used twice ends its session.
 */
export const session = cell(null);
export const endedBecause = cell(null);

const STORED = 'veza.session';
const EARLY_MS = 30_000;

let access = null; // {token, until}
let refresh = null; // {token, userId, kept}
let renewal = null;

export async function signIn(credentials, staySignedIn) {
  const answer = await exchange('POST', '/auth/login', credentials);
  if (answer.problem) throw answer.problem;
  take(answer, staySignedIn);
}

export async function register(account) {
  const answer = await exchange('POST', '/auth/register', account, { headers: { 'Idempotency-Key': crypto.randomUUID() } });
  if (answer.problem) throw answer.problem;
}

/** Goes on with what is stored; false when there is nothing or it is over. Throws when nobody answers. */
export async function resume() {
  refresh = read();
  if (!refresh) return false;
  try {
    await renew();
    return true;
  } catch (failure) {
    if (failure.status === 401) return false;
    throw failure;
  }
}

/** @throws Problem when there is none any more */
export async function accessToken() {
  if (!access || access.until - EARLY_MS < Date.now()) await renew();
  return access.token;
}

/** Another access token, asked for once however many wait for it. Only a refusal ends the session. */
export function renew() {
  renewal ??= oneTabAtATime(exchangeToken).finally(() => {
    renewal = null;
  });
  return renewal;
}

async function exchangeToken() {
  const stored = read();
  // another tab of the same person may have used ours up
  if (refresh?.kept && stored?.userId === refresh.userId) refresh = stored;
  if (!refresh) throw new Problem({ status: 401, detail: 'You are signed out.' });
  const answer = await exchange('POST', '/auth/refresh', { refreshToken: refresh.token });
  if (answer.status === 401) {
    forget('Your session has ended. Sign in again.');
    throw answer.problem;
  }
  if (answer.problem) throw answer.problem;
  take(answer, refresh.kept);
}

function take({ body, position, log }, kept) {
  note(position, log);
  access = { token: body.accessToken, until: Date.now() + body.expiresIn * 1000 };
  refresh = { token: body.refreshToken, userId: body.user.id, kept };
  if (kept) localStorage.setItem(STORED, JSON.stringify({ token: refresh.token, userId: refresh.userId }));
  endedBecause.set(null);
  if (session.get()?.user.id !== body.user.id) session.set({ user: body.user });
}

export function changedUser(user) {
  session.update((now) => now && { user: { ...now.user, ...user } });
}

export async function signOut() {
  const token = access?.token;
  forget(null);
  if (token) await exchange('POST', '/auth/logout', undefined, { token });
}

/** As when somebody ended this session elsewhere. */
export function forget(why) {
  if (refresh?.kept && read()?.userId === refresh.userId) localStorage.removeItem(STORED);
  access = null;
  refresh = null;
  endedBecause.set(why);
  session.set(null);
}

function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED));
    return stored ? { ...stored, kept: true } : null;
  } catch {
    // not ours: whatever wrote it, there is no session in it
    localStorage.removeItem(STORED);
    return null;
  }
}

/** Signed out in another tab. */
addEventListener('storage', (event) => {
  if (event.key === STORED && event.newValue === null && refresh?.kept) {
    access = null;
    refresh = null;
    session.set(null);
  }
});

/** Tabs share the stored token, and it is good once. */
function oneTabAtATime(work) {
  return navigator.locks ? navigator.locks.request('veza.refresh', work) : work();
}
