import { html, useCell, useEffect, useState } from '../core/ui.js';
import { duration } from '../core/words.js';
import { audio, listen, listening, pauseOrPlay, seek, span, stopListening, toPresent } from '../live/player.js';
import { Icon, IconButton } from './icon.js';

const PRESENT_S = 6;
const STEP_S = 15;

/** What one hears of a stream: its present, what was just before it, or its recording. */
export function Player({ stream }) {
  const now = useCell(listening);
  const isOurs = now?.stream.id === stream.id;
  const isOver = stream.state === 'ended';
  if (!isOurs || now.state === 'failed' || (now.state === 'ended' && now.isLive)) {
    return html`<section class="desk" aria-label="Player">
      <p role="status" class="desk-state">${isOurs && now.state === 'failed' ? now.failure : invitation(stream)}</p>
      ${(!isOver || stream.recordingUrl) && stream.state !== 'created' && html`<button type="button" class="button primary big" onClick=${() => listen(stream)}>
        <${Icon} name="play" />${isOver ? 'Play the recording' : 'Listen'}</button>`}
    </section>`;
  }
  return html`<section class="desk" aria-label="Player">
    <p role="status" class=${`desk-state ${now.state}`}>${words(now, stream)}</p>
    <${Times} isLive=${now.isLive} />
    <div class="player-keys">
      <${IconButton} name="back" label=${`Back ${STEP_S} seconds`} onClick=${() => seek(Math.max(span().start, audio.currentTime - STEP_S))} />
      <button type="button" class="button primary round" aria-label=${now.state === 'paused' ? 'Play' : 'Pause'} onClick=${pauseOrPlay}>
        <${Icon} name=${now.state === 'paused' || now.state === 'ended' ? 'play' : 'pause'} /></button>
      <${IconButton} name="stop" label="Stop listening" onClick=${stopListening} />
    </div>
    <${Volume} />
  </section>`;
}

function invitation(stream) {
  switch (stream.state) {
    case 'created': return 'It has not begun yet. This page shows when it does.';
    case 'live': return 'On the air now.';
    case 'interrupted': return 'The broadcaster is cut off for a moment.';
    default: return stream.recordingUrl ? 'It is over. You can listen to its recording.' : 'It is over.';
  }
}

function words(now, stream) {
  if (now.isLive && stream.state === 'interrupted') return 'The broadcaster is cut off for a moment…';
  return { loading: 'Tuning in…', waiting: 'Waiting for sound…', playing: now.isLive ? 'You are listening live' : 'Playing the recording',
    paused: 'Paused', ended: 'The end' }[now.state];
}

/** Where one is between the oldest that can be heard and the present. */
function Times({ isLive }) {
  const [at, setAt] = useState(span);
  useEffect(() => {
    const look = () => setAt(span());
    audio.addEventListener('timeupdate', look);
    return () => audio.removeEventListener('timeupdate', look);
  }, []);
  const behind = Math.max(0, at.end - at.now);
  const isPresent = isLive && behind < PRESENT_S;
  return html`<div class="times">
    <input type="range" aria-label="Position" min=${at.start} max=${Math.max(at.end, at.start + 1)} step="1" value=${Math.min(at.now, at.end)}
      aria-valuetext=${isLive ? (isPresent ? 'at the present' : `${duration(behind)} behind`) : duration(at.now)}
      onInput=${(event) => seek(Number(event.target.value))} />
    <div class="times-words">
      <span>${isLive ? (isPresent ? ' ' : `−${duration(behind)}`) : duration(at.now)}</span>
      ${isLive
        ? html`<button type="button" class="link" disabled=${isPresent} onClick=${toPresent}>${isPresent ? 'Live' : 'To the present'}</button>`
        : html`<span>${duration(at.end)}</span>`}
    </div>
  </div>`;
}

function Volume() {
  const [value, setValue] = useState(audio.volume);
  const change = (event) => {
    audio.volume = Number(event.target.value);
    setValue(audio.volume);
  };
  return html`<label class="volume"><${Icon} name="volume" /><span class="hidden">Volume</span>
    <input type="range" min="0" max="1" step="0.05" value=${value} onInput=${change} /></label>`;
}
