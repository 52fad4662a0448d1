import { html, useCell, useEffect, useState } from '../core/ui.js';
import { go } from '../core/route.js';
import { lastSeen } from '../core/words.js';
import { presence } from '../chat/presence.js';
import { ban } from '../chat/bans.js';
import { blocks, loadBlocks } from '../chat/blocks.js';
import { isModerator, looksAfterAs, ranksAbove } from '../chat/rank.js';
import { closeRoom, leaveRoom, mute, removeMember, unmute } from '../chat/rooms.js';
import { unfollow } from '../chat/follow.js';
import { Avatar } from './avatar.js';
import { Banned } from './banned.js';
import { BlockButton } from './blocked.js';
import { open } from './dialogs.js';
import { talkTo } from './direct.js';
import { Icon, IconButton } from './icon.js';
import { Panel } from './panel.js';
import { attempt } from './toast.js';
import { useWatch } from './watch.js';

const MOST_WATCHED = 200;

/** Who is in the room, and who of them is there now. */
export function MembersPanel({ room, me, people, onClose }) {
  const states = useCell(presence);
  const all = [...people.values()];
  useWatch('members', all.slice(0, MOST_WATCHED).map((person) => person.id));
  useEffect(() => {
    attempt(loadBlocks);
  }, []);
  const isOnline = (person) => person.id === me.id || states.get(person.id)?.isOnline;
  const byName = (one, two) => one.displayName.localeCompare(two.displayName);
  const online = all.filter(isOnline).sort(byName);
  const away = all.filter((person) => !isOnline(person)).sort(byName);
  const mayManage = isModerator(room.role) && !room.closedAt;
  const rank = looksAfterAs(room, me);
  const mayModerate = isModerator(rank) && !room.closedAt;
  const leave = async () => {
    await leaveRoom(room.id);
    unfollow(room.id);
    go();
  };
  const group = (title, list) => list.length > 0 && html`<section><h3>${title} · ${list.length}</h3>
    <ul class="rows">${list.map((person) => html`<${Member} key=${person.id} person=${person} me=${me} room=${room} state=${states.get(person.id)}
      mayModerate=${mayModerate && person.id !== me.id && ranksAbove(rank, person.role)} mayRemove=${mayManage && ranksAbove(room.role, person.role)} />`)}</ul></section>`;
  return html`<${Panel} title="People" onClose=${onClose}>
    ${!room.directWith && html`<div class="panel-actions">
      ${(mayManage || (room.visibility === 'public' && !room.closedAt)) && html`<button type="button" class="button" onClick=${() => open('invite')}><${Icon} name="add" />Invite</button>`}
      ${mayManage && html`<button type="button" class="button" onClick=${() => open('edit-room')}><${Icon} name="edit" />Edit room</button>`}
      ${room.role === 'owner' && !room.closedAt && html`<${Twice} name="Close room" icon="lock" act=${() => closeRoom(room.id)} />`}
      <${Twice} name="Leave" icon="leave" act=${leave} />
    </div>`}
    ${group('Online', online)}
    ${group('Offline', away)}
    ${mayModerate && html`<${Banned} room=${room} />`}
  <//>`;
}

function Member({ person, me, room, state, mayModerate, mayRemove }) {
  const role = person.role === 'member' ? '' : person.role;
  const isBlocked = useCell(blocks)?.has(person.id);
  const seen = person.id === me.id ? 'You' : state?.isOnline ? 'Online' : state ? lastSeen(state.lastSeenAt) : '';
  return html`<li class="row still with-buttons">
    <${Avatar} person=${person} withPresence />
    <span class="row-text"><strong>${person.displayName}</strong><span>${[`@${person.username}`, role, person.muted && 'muted', isBlocked && 'blocked', seen].filter(Boolean).join(' · ')}</span></span>
    <span class="row-buttons">
      ${person.id !== me.id && !room.directWith && html`<${IconButton} name="send" kind="small" label=${`Message ${person.displayName}`} onClick=${() => talkTo(person.id)} />`}
      ${person.id !== me.id && html`<${BlockButton} person=${person} />`}
      ${mayModerate && html`
        <${IconButton} name="mic" kind="small" label=${`Mute ${person.displayName}`} pressed=${Boolean(person.muted)}
          onClick=${() => attempt(() => (person.muted ? unmute : mute)(room.id, person.id))} />
        ${mayRemove && html`<${IconButton} name="close" kind="small" label=${`Remove ${person.displayName}`}
          onClick=${() => attempt(() => removeMember(room.id, person.id))} />`}
        <${IconButton} name="ban" kind="small" label=${`Ban ${person.displayName}`} onClick=${() => attempt(() => ban(room.id, person.id))} />`}
    </span>
  </li>`;
}

/** What cannot be taken back is asked for twice. */
function Twice({ name, icon, act }) {
  const [isSure, setSure] = useState(false);
  return isSure
    ? html`<button type="button" class="button danger" onClick=${() => attempt(act)} onBlur=${() => setSure(false)}>Really ${name.toLowerCase()}</button>`
    : html`<button type="button" class="button" onClick=${() => setSure(true)}><${Icon} name=${icon} />${name}</button>`;
}
