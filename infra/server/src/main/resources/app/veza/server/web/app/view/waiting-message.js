import { classes, html } from '../core/ui.js';
import { inWords } from '../net/problem.js';
import { discard, retry } from '../chat/outbox.js';
import { Avatar } from './avatar.js';
import { Text } from './text.js';

/** One's own message until the server has it, and where it was refused, why. */
export function WaitingMessage({ entry, me, people, isFollowing }) {
  return html`<article class=${classes('message waiting', isFollowing && 'following', entry.failure && 'failed')} data-key=${entry.key}>
    ${isFollowing ? html`<span class="aside-time" />` : html`<${Avatar} person=${me} />`}
    <div class="message-body">
      ${!isFollowing && html`<header><strong class="sender">${me.displayName}</strong><span class="quiet">sending…</span></header>`}
      <${Text} text=${entry.text} people=${people} me=${me} />
      ${entry.failure && html`<div class="failure" role="alert">
        <span>Not sent: ${inWords(entry.failure)}</span>
        <button type="button" class="link" onClick=${() => retry(entry.key)}>Try again</button>
        <button type="button" class="link" onClick=${() => discard(entry.key)}>Discard</button>
      </div>`}
    </div>
  </article>`;
}
