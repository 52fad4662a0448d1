import { classes, html, useCell, useEffect, useRef, useState } from '../core/ui.js';
import { go } from '../core/route.js';
import { rooms } from '../chat/rooms.js';
import { Avatar } from './avatar.js';
import { Dialog } from './dialog.js';
import { Icon } from './icon.js';

const MOST = 8;

/** Ctrl K: a few letters and Enter lead to a room. */
export function Switcher({ onClose }) {
  const all = useCell(rooms);
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef(null);
  const found = [...(all?.values() ?? [])]
    .filter((room) => room.name.toLowerCase().includes(words.trim().toLowerCase()))
    .sort((one, two) => (two.unread ?? 0) - (one.unread ?? 0)
      || (two.lastMessage?.position ?? 0) - (one.lastMessage?.position ?? 0))
    .slice(0, MOST);
  const at = Math.min(chosen, found.length - 1);
  const enter = (room) => {
    onClose();
    go('rooms', room.id);
  };
  const onKey = (event) => {
    if (event.key === 'ArrowDown') setChosen((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setChosen((at - 1 + found.length) % found.length);
    else if (event.key === 'Enter' && found[at]) enter(found[at]);
    else return;
    event.preventDefault();
  };
  useEffect(() => list.current?.children[at]?.scrollIntoView({ block: 'nearest' }), [at]);
  return html`<${Dialog} title="Go to" onClose=${onClose}>
    <div class="finder">
      <input type="search" class="search" role="combobox" aria-label="Room or person" placeholder="Room or person" autofocus
        aria-expanded="true" aria-controls="switch-list" aria-activedescendant=${found[at] ? `switch-${found[at].id}` : undefined}
        value=${words} onKeyDown=${onKey} onInput=${(event) => { setWords(event.target.value); setChosen(0); }} />
      <div role="status" class="finder-note">${found.length === 0 && 'None of your rooms is called so.'}</div>
      <ul class="rows" role="listbox" id="switch-list" aria-label="Rooms" ref=${list}>
        ${found.map((room, i) => html`<li key=${room.id} id=${`switch-${room.id}`} role="option" aria-selected=${String(i === at)}
          class=${classes('row', i === at && 'chosen')} onClick=${() => enter(room)}>
          ${room.directWith ? html`<${Avatar} person=${room.directWith} size="small" />` : html`<${Icon} name=${room.visibility === 'private' ? 'lock' : 'hash'} />`}
          <span class="row-text"><strong>${room.name}</strong></span>
          ${room.unread > 0 && html`<span class="badge">${room.unread}</span>`}
        </li>`)}
      </ul>
    </div>
  <//>`;
}
