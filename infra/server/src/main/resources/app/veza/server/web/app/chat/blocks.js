import { cell, withEntry } from '../core/cell.js';
import { del, getAll, put } from '../net/http.js';

/** Whom one has blocked, by id; null until it was read. */
export const blocks = cell(null);

export async function loadBlocks() {
  const people = await getAll('/api/users?blocked=true');
  blocks.set(new Map(people.map((person) => [person.id, person])));
}

export async function block(person) {
  await put(`/api/users/${person.id}/block`);
  blocks.update((all) => all && withEntry(all, person.id, person));
}

export async function unblock(person) {
  await del(`/api/users/${person.id}/block`);
  blocks.update((all) => all && withEntry(all, person.id, undefined));
}

export function forgetBlocks() {
  blocks.set(null);
}
