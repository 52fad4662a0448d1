import { html, useCell, useEffect, useRef, useState } from '../core/ui.js';
import { dayName, isSameDay } from '../core/words.js';
import { inWords } from '../net/problem.js';
import { outbox } from '../chat/outbox.js';
import { isModerator, looksAfterAs } from '../chat/rank.js';
import { markRead } from '../chat/reading.js';
import { Icon } from './icon.js';
import { Message } from './message.js';
import { WaitingMessage } from './waiting-message.js';
import { readersByMessage } from './readers.js';
import { useKeptPlace } from './kept-place.js';

const TOGETHER_MS = 5 * 60_000;
const NEAR_PX = 400;

/** The conversation. It stays where one reads, and follows what comes while one is at its end. */
export function MessageList({ room, me, people, timeline, readTo, editing, setEditing, onReply }) {
  const state = useCell(timeline.view);
  const waiting = useCell(outbox).filter((entry) => entry.roomId === room.id && !entry.hasArrived);
  const scroller = useRef(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const place = useKeptPlace(scroller, state, waiting.length);
  const { messages } = state;
  const newest = messages.at(-1);

  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller.current;
    place.note();
    setAtEnd(place.isAtEnd() && !state.hasNewer);
    if (scrollTop < NEAR_PX) timeline.loadOlder();
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) timeline.loadNewer();
  };
  // a page that does not fill the place cannot be scrolled
  useEffect(() => {
    if (state.ready && !state.loading && !state.failure) onScroll();
  }, [state]);
  useEffect(() => {
    if (state.target !== null && messages.some((message) => message.position === state.target)) timeline.reached();
  }, [state]);
  useSeen(room, newest, isAtEnd && !state.hasNewer && state.ready);

  const show = (message) => (message ? timeline.jumpTo(message.position) : undefined);
  const toEnd = () => {
    if (state.hasNewer) timeline.loadNewest();
    place.toEnd();
  };
  const byId = new Map(messages.map((message) => [message.id, message]));
  const readers = readersByMessage(messages, people, me);
  const mayModerate = isModerator(looksAfterAs(room, me));
  return html`<div class="messages-frame">
    <div class="messages" ref=${scroller} onScroll=${onScroll} role="log" aria-label=${`Messages in ${room.name}`} aria-live="polite"
      aria-relevant="additions" aria-busy=${String(state.loading === 'all')} tabindex="0" onKeyDown=${walk}>
      <div class="messages-inner">
        ${!state.ready && !state.failure && html`<${Ghosts} />`}
        ${state.failure && html`<div class="list-fault" role="alert">${inWords(state.failure)}
          <button type="button" class="button small" onClick=${() => (state.ready ? timeline.loadOlder() : timeline.loadNewest())}>Try again</button></div>`}
        ${state.ready && !state.hasOlder && html`<${Beginning} room=${room} />`}
        ${state.hasOlder && state.ready && html`<p class="loading-line">${state.loading === 'older' ? 'Loading…' : ''}</p>`}
        ${messages.flatMap((message, i) => {
          const before = messages[i - 1];
          const isNewDay = !before || !isSameDay(before.sentAt, message.sentAt);
          const isFirstNew = message.position > readTo && (!before || before.position <= readTo) && message.sender.id !== me.id;
          // one flat list: what has no key of its own would be drawn anew when older messages come before it
          return [
            isNewDay && html`<div class="day" role="separator" key=${`day-${message.id}`}><span>${dayName(message.sentAt)}</span></div>`,
            isFirstNew && html`<div class="new" role="separator" key="new"><span>New</span></div>`,
            html`<${Message} key=${message.key ?? message.id} message=${message} me=${me} people=${people} readers=${readers.get(message.id)}
              isFollowing=${!isNewDay && !isFirstNew && isTogether(before, message)} isEditing=${editing === message.id} setEditing=${setEditing}
              onReply=${onReply} answered=${byId.get(message.replyTo)} onShow=${show} mayModerate=${mayModerate} isClosed=${Boolean(room.closedAt)} />`,
          ].filter(Boolean);
        })}
        ${!state.hasNewer && waiting.map((entry, i) => html`<${WaitingMessage} key=${entry.key} entry=${entry} me=${me} people=${people}
          isFollowing=${i > 0 || (newest?.sender.id === me.id && isTogether(newest, { sender: me, sentAt: entry.at }))} />`)}
      </div>
    </div>
    ${!isAtEnd && state.ready && html`<button type="button" class="to-end" onClick=${toEnd}><${Icon} name="down" />
      ${state.hasNewer ? 'To the present' : 'Newest'}</button>`}
  </div>`;
}

function isTogether(before, message) {
  return before && before.sender.id === message.sender.id && !message.replyTo
    && new Date(message.sentAt) - new Date(before.sentAt) < TOGETHER_MS;
}

/** What is shown while somebody looks is read. */
function useSeen(room, newest, isShown) {
  useEffect(() => {
    const see = () => {
      if (isShown && newest && document.visibilityState === 'visible' && document.hasFocus()) markRead(room.id, newest);
    };
    see();
    addEventListener('focus', see);
    document.addEventListener('visibilitychange', see);
    return () => {
      removeEventListener('focus', see);
      document.removeEventListener('visibilitychange', see);
    };
  }, [room.id, newest?.id, isShown]);
}

/** Arrows go from message to message, each of which then has its own keys. */
function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const isWalking = event.target === event.currentTarget || event.target.classList.contains('message');
  if (!step || !isWalking) return;
  const all = [...event.currentTarget.querySelectorAll('.message[tabindex]')];
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? all.at(-1) : all[at + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

function Beginning({ room }) {
  return html`<div class="beginning">
    <p><strong>${room.directWith ? `This is where you and ${room.name} begin.` : `This is where ${room.name} begins.`}</strong></p>
    ${room.topic && html`<p>${room.topic}</p>`}
  </div>`;
}

function Ghosts() {
  return html`<div class="ghost-messages" aria-hidden="true">
    ${[55, 80, 40, 70, 60].map((width) => html`<div><i /><span><b /><b style=${{ width: `${width}%` }} /></span></div>`)}
  </div>`;
}
