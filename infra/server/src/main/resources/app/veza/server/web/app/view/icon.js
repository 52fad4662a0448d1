import { html } from '../core/ui.js';

/** Drawn with one pen, 24 x 24. */
const PATHS = {
  add: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  ban: 'M10 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 10 5zM4 19c0-3.3 2.7-5 6-5 1.2 0 2.4.2 3.4.7M15.5 16l5 5M20.5 16l-5 5',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5a2.2 2.2 0 0 0 4 0',
  block: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  headphones: 'M4 17v-4a8 8 0 0 1 16 0v4M4 15h3v6H6a2 2 0 0 1-2-2zM20 15h-3v6h1a2 2 0 0 0 2-2z',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
  leave: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  live: 'M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8 16a5.6 5.6 0 0 1 0-8M16 8a5.6 5.6 0 0 1 0 8M5 19A9.9 9.9 0 0 1 5 5M19 5a9.9 9.9 0 0 1 0 14',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  mic: 'M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  music: 'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 9 18zM19 16a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 19 16z',
  pause: 'M8 5v14M16 5v14',
  people: 'M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5zM3 19c0-3.3 2.7-5 6-5s6 1.7 6 5M16 5.5a3 3 0 0 1 0 5.6M17.5 14.3c2.2.6 3.5 2.2 3.5 4.7',
  play: 'M8 5l11 7-11 7z',
  plus: 'M12 8v8M8 12h8M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
  reply: 'M9 7l-5 5 5 5M4 12h9c4 0 7 2 7 6',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5L20 20',
  send: 'M4 4l17 8-17 8 3-8zM7 12h14',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
  smile: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14c1.8 2.6 5.2 2.6 7 0M9 9.5v.5M15 9.5v.5',
  stop: 'M7 7h10v10H7z',
  trash: 'M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3v.2',
  retry: 'M19 12a7 7 0 1 1-2-4.9M19 4v4h-4',
  volume: 'M4 10v4h4l5 4V6l-5 4zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11',
};

/** Beside words or in a button that has a label, so it says nothing itself. */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}

/** A button of one icon. `pressed` makes it one that stays down. */
export function IconButton({ name, label, onClick, pressed, disabled, kind = '', ...more }) {
  return html`<button type="button" class=${`icon-button ${kind}`} aria-label=${label} title=${label}
    aria-pressed=${pressed === undefined ? undefined : String(pressed)} disabled=${disabled} onClick=${onClick} ...${more}>
    <${Icon} name=${name} />
  </button>`;
}
