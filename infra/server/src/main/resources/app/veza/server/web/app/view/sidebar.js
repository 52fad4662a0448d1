import { classes, html, useCell, useState } from '../core/ui.js';
import { rooms } from '../chat/rooms.js';
import { onAir } from '../live/streams.js';
import { presence } from '../chat/presence.js';
import { useWatch } from './watch.js';
import { Avatar } from './avatar.js';
import { open } from './dialogs.js';
import { Mark } from './front.js';
import { Icon, IconButton } from './icon.js';
import { OnAirBar } from './on-air-bar.js';

/** Where one can go. */
export function Sidebar({ me, where, failure }) {
  const all = useCell(rooms);
  const [filter, setFilter] = useState('');
  const words = filter.trim().toLowerCase();
  const shown = [...(all?.values() ?? [])].filter((room) => room.name.toLowerCase().includes(words));
  const groups = shown.filter((room) => !room.directWith).sort((one, two) => one.name.localeCompare(two.name));
  const direct = shown.filter((room) => room.directWith).sort((one, two) => newest(two) - newest(one));
  useWatch('sidebar', direct.map((room) => room.directWith.id));
  return html`<nav class="sidebar" aria-label="Rooms">
    <header class="sidebar-header">
      <a href="#/" class="brand"><${Mark} /> Veza</a>
      <${IconButton} name="search" label="Go to a room or person (Ctrl K)" onClick=${() => open('switch')} />
    </header>
    <div class="sidebar-scroll">
      ${failure && !all && html`<p role="alert" class="sidebar-note">${failure}</p>`}
      ${all?.size > 8 && html`<input type="search" class="filter" aria-label="Filter rooms" placeholder="Filter" value=${filter}
        onInput=${(event) => setFilter(event.target.value)} />`}
      <${Group} title="Rooms" where=${where} rooms=${groups} empty=${all && !words && 'You are in no room yet.'} isLoading=${!all}
        actions=${[
          { name: 'globe', label: 'Find public rooms', onClick: () => open('browse') },
          { name: 'add', label: 'New room', onClick: () => open('new-room') },
        ]} />
      <${Group} title="Direct messages" where=${where} rooms=${direct} empty=${all && !words && 'Nobody yet.'}
        actions=${[{ name: 'add', label: 'New direct message', onClick: () => open('direct') }]} />
      <${Live} where=${where} />
    </div>
    <${OnAirBar} />
    <footer class="sidebar-footer">
      <${Avatar} person=${me} />
      <div class="who"><strong>${me.displayName}</strong><span>@${me.username}</span></div>
      <${IconButton} name="settings" label="Settings" onClick=${() => open('settings')} />
    </footer>
  </nav>`;
}

function Live({ where }) {
  const count = useCell(onAir)?.length ?? 0;
  return html`<section class="group" aria-labelledby="group-live">
    <header><h2 id="group-live">Live audio</h2><${IconButton} name="mic" label="Go live" kind="small" onClick=${() => open('go-live')} /></header>
    <a href="#/live" class=${classes('entry', count > 0 && 'unread')} aria-current=${where.place === 'live' ? 'page' : undefined}>
      <${Icon} name="live" /><span class="entry-name">On the air</span>
      ${count > 0 && html`<span class="badge">${short(count)}</span>`}
    </a>
  </section>`;
}

const newest = (room) => room.lastMessage?.position ?? 0;

function Group({ title, rooms: shown, where, actions, empty, isLoading }) {
  const id = `group-${title.replace(/\W/g, '')}`;
  return html`<section class="group" aria-labelledby=${id}>
    <header><h2 id=${id}>${title}</h2>
      ${actions.map((action) => html`<${IconButton} key=${action.name} ...${action} kind="small" />`)}
    </header>
    ${isLoading && html`<div class="ghosts" aria-hidden="true">${[70, 50, 60].map((w) => html`<span style=${{ width: `${w}%` }} />`)}</div>`}
    ${empty && shown.length === 0 && html`<p class="sidebar-note">${empty}</p>`}
    <ul>${shown.map((room) => html`<li key=${room.id}><${Entry} room=${room} isHere=${where.place === 'rooms' && where.id === room.id} /></li>`)}</ul>
  </section>`;
}

function Entry({ room, isHere }) {
  const state = useCell(presence).get(room.directWith?.id);
  const isLooked = isHere && document.visibilityState === 'visible';
  const unread = isLooked ? 0 : room.unread ?? 0;
  const mentions = isLooked ? 0 : room.mentions ?? 0;
  const said = [
    room.closedAt && 'closed',
    room.directWith && state?.isOnline && 'online',
    unread > 0 && `${unread} unread`,
    mentions > 0 && `${mentions} mentioning you`,
  ].filter(Boolean).join(', ');
  return html`<a href=${`#/rooms/${room.id}`} class=${classes('entry', unread > 0 && 'unread', room.closedAt && 'closed')} aria-current=${isHere ? 'page' : undefined}
    data-room=${room.id}>
    ${room.directWith
      ? html`<${Avatar} person=${room.directWith} size="small" withPresence />`
      : html`<${Icon} name=${room.visibility === 'private' ? 'lock' : 'hash'} />`}
    <span class="entry-name">${room.name}</span>
    ${said && html`<span class="hidden">, ${said}</span>`}
    ${mentions > 0 ? html`<span class="badge mention" aria-hidden="true">@${short(mentions)}</span>`
      : unread > 0 && html`<span class="badge" aria-hidden="true">${short(unread)}</span>`}
  </a>`;
}

const short = (count) => (count > 99 ? '99+' : String(count));
