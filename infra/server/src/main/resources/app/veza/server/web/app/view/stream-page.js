import { html, useCell, useEffect, useState } from '../core/ui.js';
import { counted } from '../core/words.js';
import { inWords } from '../net/problem.js';
import { broadcast } from '../live/broadcast.js';
import { followStream, loadStream, streams } from '../live/streams.js';
import { Avatar } from './avatar.js';
import { BroadcastDesk } from './broadcast-desk.js';
import { Icon } from './icon.js';
import { OnAirMark } from './live-page.js';
import { Player } from './player.js';

/** One stream: to its broadcaster what they send, to others what they hear. */
export function StreamPage({ id, me }) {
  const stream = useCell(streams).get(id);
  const sending = useCell(broadcast);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    setFailure(null);
    loadStream(id).catch(setFailure);
    return followStream(id);
  }, [id]);
  if (!stream) {
    return html`<div class="welcome" aria-busy=${String(!failure)}>
      ${failure && html`<h1>${failure.status === 404 ? 'There is no such stream' : 'The stream cannot be shown'}</h1>
        <p>${inWords(failure)}</p><a class="button" href="#/live">All streams</a>`}</div>`;
  }
  const isMine = stream.broadcaster.id === me.id;
  const mayBroadcast = isMine && stream.state !== 'ended';
  return html`<div class="page">
    <header class="room-header">
      <a href="#/live" class="icon-button" aria-label="All streams"><${Icon} name="back" /></a>
      <${Avatar} person=${stream.broadcaster} />
      <div class="room-title"><h1>${stream.title}</h1><p>${stream.broadcaster.displayName}</p></div>
      <${OnAirMark} stream=${stream} />
    </header>
    <div class="page-scroll stage">
      ${mayBroadcast ? html`<${BroadcastDesk} stream=${stream} sending=${sending?.streamId === stream.id ? sending : null} />`
        : html`<${Player} stream=${stream} />`}
      <dl class="facts">
        <div><dt>Now playing</dt><dd>${stream.nowPlaying ?? '—'}</dd></div>
        <div><dt>Listening</dt><dd data-fact="listeners">${stream.state === 'ended' ? '—' : counted(stream.listeners, 'listener')}</dd></div>
        <div><dt>At most</dt><dd>${counted(stream.peakListeners, 'listener')}</dd></div>
      </dl>
      ${stream.description && html`<p class="description">${stream.description}</p>`}
    </div>
  </div>`;
}
