import { cell } from '../core/cell.js';

/**
 * How far in the log this tab has looked or written, and in which log. A read that names the position shows what was written before it.
 */
let position = 0;
export const logId = cell(null);

export const seen = () => position;

export function note(newPosition, log) {
  if (log && log !== logId.get()) {
    // positions of another log mean nothing here
    position = 0;
    logId.set(log);
  }
  if (newPosition > position) position = newPosition;
}
