import { html, useEffect, useState } from '../core/ui.js';
import { fully } from '../core/words.js';

const LONGEST_TIMER_MS = 2_147_483_647;

/** In place of the composer for who is muted; when that ends by itself, `children` come back. */
export function UnlessMuted({ member, children }) {
  const until = member?.mutedUntil ? new Date(member.mutedUntil).getTime() : Infinity;
  const [, setNow] = useState(0);
  const isMuted = Boolean(member?.muted) && until > Date.now();
  useEffect(() => {
    if (!isMuted || until === Infinity) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(until - Date.now() + 1, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  });
  return isMuted
    ? html`<p class="composer closed" role="status">A moderator muted you here${until === Infinity ? '' : ` until ${fully(until)}`}. You can read on.</p>`
    : children;
}
