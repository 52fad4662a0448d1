import { html, useCell, useEffect, useState } from '../core/ui.js';
import { status } from '../net/socket.js';

const PATIENCE_MS = 400;

/** Tells that one is cut off. What is said meanwhile waits and goes out afterwards. */
export function Banner() {
  const now = useCell(status);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (now !== 'reconnecting') {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return html`<div role="status" class="banner-place">
    ${isShown && html`<p class="banner"><span class="spinner" aria-hidden="true" />Reconnecting… Messages that you send now go out as soon as you are back.</p>`}
  </div>`;
}
