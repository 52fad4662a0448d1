import { cell } from './cell.js';

/**
 * Where one is, kept behind the `#` so that the server has one page only:
 * `#/rooms/ID`, `#/rooms/ID/at/POSITION`, `#/live`, `#/live/ID`, `#/settings`.
 */
export const route = cell(read());

addEventListener('hashchange', () => route.set(read()));

function read() {
  const [place = '', id, detail, value] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  return { place, id, at: detail === 'at' ? Number(value) : undefined };
}

export function go(...parts) {
  location.hash = '#/' + parts.map(encodeURIComponent).join('/');
}

/** As `go`, but Back does not lead to where one was. */
export function replace(...parts) {
  history.replaceState(null, '', '#/' + parts.map(encodeURIComponent).join('/'));
  route.set(read());
}
