import { html, useEffect, useState } from '../core/ui.js';
import { joinRoom, loadRoom } from '../chat/rooms.js';
import { follow } from '../chat/follow.js';
import { attempt } from './toast.js';
import { Mark } from './front.js';
import { open } from './dialogs.js';

/** Where no room is shown; or a room that one is not in. */
export function Welcome({ isLoading, isGone, id }) {
  if (isLoading) return html`<div class="welcome" aria-busy="true" />`;
  if (isGone) return html`<${Outside} key=${id} id=${id} />`;
  return html`<div class="welcome">
    <${Mark} />
    <h1>Good to see you</h1>
    <p>Choose a room on the left, find one to join, or start a conversation.</p>
    <div class="welcome-actions">
      <button type="button" class="button primary" onClick=${() => open('browse')}>Find rooms</button>
      <button type="button" class="button" onClick=${() => open('new-room')}>New room</button>
      <button type="button" class="button" onClick=${() => open('direct')}>Message somebody</button>
    </div>
  </div>`;
}

function Outside({ id }) {
  const [room, setRoom] = useState(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    loadRoom(id).then((found) => (found.room.role ? follow(id) : setRoom(found.room)), () => setMissing(true));
  }, [id]);
  const join = () => attempt(async () => {
    await joinRoom(id);
    await follow(id);
  });
  if (isMissing) {
    return html`<div class="welcome"><h1>There is no such room</h1>
      <p>It may be private, or it was never there.</p><a class="button" href="#/">Back</a></div>`;
  }
  if (!room) return html`<div class="welcome" aria-busy="true" />`;
  return html`<div class="welcome"><h1>${room.name}</h1>
    <p>${room.topic ?? 'You are not in this room.'}</p>
    <button type="button" class="button primary" onClick=${join}>Join room</button></div>`;
}
