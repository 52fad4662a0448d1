import { Problem, UNREACHABLE } from './problem.js';

/** One request and its answer, whatever it is: `{status, body, position, log, problem?}`. Throws when nobody answers. */
export async function exchange(method, path, body, { headers = {}, token, signal, withCookies = false } = {}) {
  const all = { ...headers };
  if (token) all.Authorization = `Bearer ${token}`;
  if (body !== undefined) all['Content-Type'] = 'application/json';
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers: all,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: 'no-store',
      // No cookie authenticates here; some are given, for others to ask for
      credentials: withCookies ? 'same-origin' : 'omit',
    });
    text = await response.text();
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw UNREACHABLE;
  }
  const parsed = parse(text);
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  return {
    status: response.status,
    body: parsed,
    position: Number(response.headers.get('Veza-Position')) || 0,
    log: response.headers.get('Veza-Log'),
    problem: response.ok ? undefined : new Problem({ ...parsed, status: response.status, retryAfter }),
  };
}

/** What is not JSON comes from something in between, which knows a status only. */
function parse(text) {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
