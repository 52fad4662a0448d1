import { html, useCell } from '../core/ui.js';
import { broadcast } from '../live/broadcast.js';
import { streams } from '../live/streams.js';
import { listening, pauseOrPlay, stopListening } from '../live/player.js';
import { Icon, IconButton } from './icon.js';

/** What one sends or hears while one is elsewhere. */
export function OnAirBar() {
  const sending = useCell(broadcast);
  const hearing = useCell(listening);
  const all = useCell(streams);
  return html`
    ${sending && sending.state !== 'failed' && html`<div class="air-bar sending">
      <a href=${`#/live/${sending.streamId}`}><${Icon} name="mic" /><span>${sending.state === 'live' ? 'You are on the air' : 'Connecting…'}</span></a></div>`}
    ${hearing && html`<div class="air-bar">
      <a href=${`#/live/${hearing.stream.id}`}><${Icon} name="headphones" /><span>${all.get(hearing.stream.id)?.title ?? hearing.stream.title}</span></a>
      <${IconButton} name=${hearing.state === 'paused' ? 'play' : 'pause'} kind="small" label=${hearing.state === 'paused' ? 'Play' : 'Pause'} onClick=${pauseOrPlay} />
      <${IconButton} name="close" kind="small" label="Stop listening" onClick=${stopListening} /></div>`}`;
}
