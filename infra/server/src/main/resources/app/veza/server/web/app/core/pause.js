export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Grows with each attempt, and no two clients come at once. */
export function backoff(attempt, { first = 500, longest = 15_000 } = {}) {
  const step = Math.min(longest, first * 2 ** attempt);
  return step / 2 + Math.random() * (step / 2);
}
