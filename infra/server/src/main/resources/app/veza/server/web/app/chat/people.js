import { get, patch } from '../net/http.js';
import { changedUser } from '../net/session.js';

export const findPeople = async (words, signal) =>
  (await get(`/api/users?limit=20&q=${encodeURIComponent(words)}`, { signal })).body.items;

export async function changeDisplayName(displayName) {
  await patch('/api/me', { displayName });
  changedUser({ displayName });
}

/** One colour of those that go with white text, always the same for one person. */
export function hueOf(id) {
  let sum = 0;
  for (const digit of id) sum = (sum * 31 + digit.charCodeAt(0)) % 360;
  return sum;
}

export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...word][0] ?? '').join('').toUpperCase();
}
