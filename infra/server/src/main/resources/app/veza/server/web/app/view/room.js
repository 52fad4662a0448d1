import { html, useCell, useEffect, useState } from '../core/ui.js';
import { replace } from '../core/route.js';
import { loadMembers, members } from '../chat/members.js';
import { timelineOf } from '../chat/timelines.js';
import { attempt } from './toast.js';
import { Composer } from './composer.js';
import { MembersPanel } from './members-panel.js';
import { MessageList } from './message-list.js';
import { UnlessMuted } from './muted.js';
import { RoomHeader } from './room-header.js';
import { SearchPanel } from './search-panel.js';
import { TypingLine } from './typing-line.js';

const NOBODY = new Map();

/** One room: what is said in it, where one says something, and beside it its people or what one searches for. */
export function Room({ room, me, at }) {
  const timeline = timelineOf(room.id);
  const people = useCell(members).get(room.id) ?? NOBODY;
  const [panel, setPanel] = useState(null);
  const [replyTo, setReplyTo] = useState(null);
  const [editing, setEditing] = useState(null);
  // where one had read to when one came in
  const [readTo, setReadTo] = useState(null);
  useEffect(() => {
    attempt(() => loadMembers(room.id));
  }, [room.id]);
  useEffect(() => {
    if (readTo === null && people.has(me.id)) setReadTo((room.unread ?? 0) > 0 ? people.get(me.id).readPosition : Infinity);
  }, [people]);
  useEffect(() => {
    if (at) {
      timeline.jumpTo(at);
      replace('rooms', room.id);
    } else if (!timeline.isReady) timeline.loadNewest();
  }, [at]);
  const toggle = (name) => setPanel(panel === name ? null : name);
  const reply = (message) => {
    setEditing(null);
    setReplyTo(message);
  };
  return html`<div class="room" data-panel=${panel ?? ''}>
    <${RoomHeader} room=${room} me=${me} panel=${panel} toggle=${toggle} />
    <div class="conversation">
      <${MessageList} room=${room} me=${me} people=${people} timeline=${timeline} readTo=${readTo ?? Infinity}
        editing=${editing} setEditing=${setEditing} onReply=${reply} />
      <${TypingLine} roomId=${room.id} />
      ${room.closedAt ? html`<p class="composer closed" role="status">This room is closed. It can be read and no longer written in.</p>`
        : html`<${UnlessMuted} member=${people.get(me.id)}>
          <${Composer} key=${room.id} room=${room} me=${me} people=${people} timeline=${timeline} replyTo=${replyTo}
            onReplied=${() => setReplyTo(null)} onEditLast=${setEditing} />
        <//>`}
    </div>
    ${panel === 'members' && html`<${MembersPanel} room=${room} me=${me} people=${people} onClose=${() => setPanel(null)} />`}
    ${panel === 'search' && html`<${SearchPanel} room=${room} onClose=${() => setPanel(null)} />`}
  </div>`;
}
