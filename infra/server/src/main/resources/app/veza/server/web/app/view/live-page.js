import { html, useCell, useEffect, useState } from '../core/ui.js';
import { counted, dayName, clock } from '../core/words.js';
import { loadEnded, loadLive, onAir, streams } from '../live/streams.js';
import { inWords } from '../net/problem.js';
import { Avatar } from './avatar.js';
import { open } from './dialogs.js';
import { Icon } from './icon.js';

/** What is on the air, and what was. */
export function LivePage() {
  const live = useCell(onAir);
  const all = useCell(streams);
  const [failure, setFailure] = useState(null);
  const [ended, setEnded] = useState({ items: [], nextCursor: null });
  useEffect(() => {
    Promise.all([loadLive(), loadEnded().then(setEnded)]).catch(setFailure);
  }, []);
  const more = async () => {
    const page = await loadEnded(ended.nextCursor);
    setEnded({ ...page, items: [...ended.items, ...page.items] });
  };
  const recorded = ended.items.filter((stream) => stream.recordingUrl);
  return html`<div class="page">
    <header class="room-header">
      <a href="#/" class="icon-button only-narrow" aria-label="Back to the list of rooms"><${Icon} name="back" /></a>
      <div class="room-title"><h1>Live audio</h1><p>${live ? `${counted(live.length, 'stream')} on the air` : ' '}</p></div>
      <button type="button" class="button primary" onClick=${() => open('go-live')}><${Icon} name="mic" />Go live</button>
    </header>
    <div class="page-scroll">
      ${failure && html`<p role="alert" class="list-fault">${inWords(failure)}</p>`}
      <section aria-labelledby="on-air-title"><h2 id="on-air-title">On the air</h2>
        ${live?.length === 0 && html`<p class="quiet">Nobody is on the air. You could be the first.</p>`}
        <ul class="cards">${live?.map((id) => all.get(id)).filter(Boolean).map((stream) => html`<li key=${stream.id}><${Card} stream=${stream} /></li>`)}</ul>
      </section>
      ${recorded.length > 0 && html`<section aria-labelledby="recorded-title"><h2 id="recorded-title">Recordings</h2>
        <ul class="cards">${recorded.map((stream) => html`<li key=${stream.id}><${Card} stream=${stream} /></li>`)}</ul>
        ${ended.nextCursor && html`<button type="button" class="button" onClick=${() => more().catch(setFailure)}>Show more</button>`}
      </section>`}
    </div>
  </div>`;
}

function Card({ stream }) {
  const isOver = stream.state === 'ended';
  return html`<a class="card" href=${`#/live/${stream.id}`}>
    <span class="card-top"><${Avatar} person=${stream.broadcaster} />
      ${isOver ? html`<span class="quiet">${dayName(stream.endedAt)}, ${clock(stream.endedAt)}</span>` : html`<${OnAirMark} stream=${stream} />`}</span>
    <strong>${stream.title}</strong>
    <span class="quiet">${stream.broadcaster.displayName}</span>
    <span class="card-foot">${stream.nowPlaying && !isOver ? html`<${Icon} name="music" />${stream.nowPlaying}`
      : html`<${Icon} name="headphones" />${isOver ? `${stream.peakListeners} at most` : counted(stream.listeners, 'listener')}`}</span>
  </a>`;
}

const MARKS = { created: 'Not yet on the air', live: 'Live', interrupted: 'Interrupted', ended: 'Ended' };

export function OnAirMark({ stream }) {
  return html`<span class=${`mark-air ${stream.state}`}>${MARKS[stream.state]}</span>`;
}
