import { html } from '../core/ui.js';

/** The page before one is in. */
export function Front({ children }) {
  return html`<main class="front">
    <div class="front-card">
      <p class="brand"><${Mark} /> Veza</p>
      ${children}
    </div>
  </main>`;
}

export function Mark() {
  return html`<svg class="mark" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <circle cx="25" cy="32" r="12" /><path d="M33.2 23.2a12 12 0 1 1-2.3 17.3" />
  </svg>`;
}
