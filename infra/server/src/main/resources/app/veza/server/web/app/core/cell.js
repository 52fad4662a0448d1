/** A value that tells when it becomes another one. Values are never changed in place. */
export function cell(initial) {
  let value = initial;
  const listeners = new Set();
  return {
    get: () => value,
    set(next) {
      if (!Object.is(next, value)) {
        value = next;
        for (const listener of [...listeners]) listener(value);
      }
    },
    update(change) {
      this.set(change(value));
    },
    /** Returns how to stop listening. */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A map in a cell, with one entry set or, where the value is undefined, removed. */
export function withEntry(map, key, value) {
  const changed = new Map(map);
  if (value === undefined) changed.delete(key);
  else changed.set(key, value);
  return changed;
}
