import { html, useEffect, useRef, useState } from '../core/ui.js';
import { duration } from '../core/words.js';
import { inWords } from '../net/problem.js';
import { endBroadcast, format, goLive } from '../live/broadcast.js';
import { microphones } from '../live/microphone.js';
import { describe } from '../live/streams.js';
import { attempt, tell } from './toast.js';
import { Icon } from './icon.js';

const STATES = {
  connecting: 'Connecting…',
  live: 'You are on the air',
  reconnecting: 'Cut off. Reconnecting, your listeners hear silence…',
};

/** Where one goes on the air and says what is playing. */
export function BroadcastDesk({ stream, sending }) {
  const isSending = sending && sending.state !== 'failed';
  return html`<section class="desk" aria-label="Broadcast">
    <p role="status" class=${`desk-state ${sending?.state ?? ''}`}>
      ${isSending ? STATES[sending.state] : sending?.failure ? inWords(sending.failure) : 'You are not on the air.'}
    </p>
    ${isSending
      ? html`<${Level} meter=${sending.meter} /><${Clock} since=${sending.since} />
        <${NowPlaying} stream=${stream} />
        <${End} />`
      : html`<${Begin} stream=${stream} />`}
  </section>`;
}

function Begin({ stream }) {
  const [devices, setDevices] = useState([]);
  const [device, setDevice] = useState('');
  const [isMusic, setMusic] = useState(true);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    microphones().then(setDevices);
  }, []);
  if (!format()) return html`<p role="alert">This browser cannot send audio. Current versions of Chrome, Edge, Firefox and Safari can.</p>`;
  const begin = async () => {
    setBusy(true);
    await attempt(() => goLive(stream.id, { device, isMusic }));
    setBusy(false);
  };
  return html`<div class="desk-form">
    ${devices.length > 1 && html`<div class="field"><label for="microphone">Microphone</label>
      <select id="microphone" value=${device} onChange=${(event) => setDevice(event.target.value)}>
        <option value="">The usual one</option>
        ${devices.map((each) => html`<option key=${each.deviceId} value=${each.deviceId}>${each.label}</option>`)}
      </select></div>`}
    <label class="check"><input type="checkbox" checked=${isMusic} onChange=${(event) => setMusic(event.target.checked)} />
      Music: leave the sound as it is</label>
    <button type="button" class="button primary big" disabled=${isBusy} onClick=${begin}><${Icon} name="mic" />
      ${stream.state === 'created' ? 'Start broadcasting' : 'Go on broadcasting'}</button>
  </div>`;
}

/** Drawn beside the views' own drawing, sixty times a second; read out as one number a second. */
function Level({ meter }) {
  const bar = useRef(null);
  const mark = useRef(null);
  const box = useRef(null);
  useEffect(() => {
    let frame;
    let told = 0;
    const draw = (now) => {
      const { level, peak, isTooLoud } = meter.read();
      bar.current.style.transform = `scaleX(${level})`;
      mark.current.style.left = `${peak * 100}%`;
      box.current.classList.toggle('too-loud', isTooLoud);
      if (now - told > 1000) {
        told = now;
        box.current.setAttribute('aria-valuenow', String(Math.round(level * 100)));
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [meter]);
  return html`<div class="level" ref=${box} role="meter" aria-label="Level" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">
    <span class="level-bar" ref=${bar} /><span class="level-peak" ref=${mark} />
  </div>`;
}

function Clock({ since }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return html`<p class="clock" aria-label="On the air for">${since ? duration((Date.now() - since) / 1000) : '0:00'}</p>`;
}

function NowPlaying({ stream }) {
  const [text, setText] = useState(stream.nowPlaying ?? '');
  const save = async (event) => {
    event.preventDefault();
    if (await attempt(() => describe(stream.id, { nowPlaying: text.trim() }))) tell('Your listeners see it now.');
  };
  return html`<form class="desk-line" onSubmit=${save}>
    <input class="search" aria-label="Now playing" placeholder="Now playing" maxlength="200" value=${text} onInput=${(event) => setText(event.target.value)} />
    <button class="button" disabled=${text.trim() === (stream.nowPlaying ?? '')}>Tell</button>
  </form>`;
}

function End() {
  const [isSure, setSure] = useState(false);
  return isSure
    ? html`<div class="desk-line"><button type="button" class="button danger" onClick=${() => attempt(endBroadcast)}>End for everybody</button>
        <button type="button" class="button" onClick=${() => setSure(false)}>Stay on the air</button></div>`
    : html`<button type="button" class="button" onClick=${() => setSure(true)}><${Icon} name="stop" />End the broadcast</button>`;
}
