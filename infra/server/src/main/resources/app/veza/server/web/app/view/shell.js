import { html, useCell, useEffect, useState } from '../core/ui.js';
import { route } from '../core/route.js';
import { inWords } from '../net/problem.js';
import { begin } from '../chat/lifecycle.js';
import { rooms } from '../chat/rooms.js';
import { Banner } from './banner.js';
import { Dialogs, open } from './dialogs.js';
import { LivePage } from './live-page.js';
import { Room } from './room.js';
import { Sidebar } from './sidebar.js';
import { StreamPage } from './stream-page.js';
import { Welcome } from './welcome.js';

/** All that one sees when one is in: the list of rooms, and a room beside it or, on a small screen, in its place. */
export function Shell({ me }) {
  const [failure, setFailure] = useState(null);
  const where = useCell(route);
  const all = useCell(rooms);
  useEffect(() => begin(setFailure), []);
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const unread = all ? [...all.values()].reduce((sum, room) => sum + (room.mentions || (room.directWith ? room.unread : 0) || 0), 0) : 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Veza` : 'Veza';
  }, [unread]);
  const room = where.place === 'rooms' ? all?.get(where.id) : undefined;
  return html`<div class="shell" data-place=${where.place || 'home'}>
    <a class="skip" href="#main" onClick=${skip}>Skip to the conversation</a>
    <${Banner} />
    <${Sidebar} me=${me} where=${where} failure=${failure && inWords(failure)} />
    <main id="main" class="main" tabindex="-1">
      ${where.place === 'live' ? (where.id ? html`<${StreamPage} key=${where.id} id=${where.id} me=${me} />` : html`<${LivePage} />`)
        : room ? html`<${Room} key=${room.id} room=${room} me=${me} at=${where.at} />`
        : html`<${Welcome} isLoading=${!all} isGone=${where.place === 'rooms' && all !== null} id=${where.id} />`}
    </main>
    <${Dialogs} me=${me} room=${room} />
  </div>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    open('switch');
  }
}
