import { html, useCell, useEffect, useState } from '../core/ui.js';
import { block, blocks, loadBlocks, unblock } from '../chat/blocks.js';
import { inWords } from '../net/problem.js';
import { IconButton } from './icon.js';
import { attempt, tell } from './toast.js';

const turn = async (person, isBlocked) => {
  const isDone = await attempt(() => (isBlocked ? unblock(person) : block(person)));
  if (isDone) tell(isBlocked ? `You no longer block ${person.displayName}.` : `You blocked ${person.displayName}.`);
};

/** A button that stays down while somebody is blocked. */
export function BlockButton({ person }) {
  const isBlocked = Boolean(useCell(blocks)?.has(person.id));
  return html`<${IconButton} name="block" kind="small" label=${`Block ${person.displayName}`} pressed=${isBlocked}
    onClick=${() => turn(person, isBlocked)} />`;
}

/** Whom one has blocked. */
export function Blocked() {
  const people = useCell(blocks);
  const [failure, setFailure] = useState(null);
  useEffect(() => {
    loadBlocks().catch(setFailure);
  }, []);
  return html`<section aria-labelledby="blocked-title" class="sessions">
    <h3 id="blocked-title">Whom you have blocked</h3>
    ${failure && html`<p role="alert">${inWords(failure)}</p>`}
    ${people?.size === 0 && html`<p>Nobody. You can block people where the members of a room are listed.</p>`}
    <ul class="rows">${[...(people?.values() ?? [])].map((person) => html`<li key=${person.id} class="row still">
      <span class="row-text"><strong>${person.displayName}</strong><span>@${person.username}</span></span>
      <button type="button" class="button small" onClick=${() => turn(person, true)} aria-label=${`Unblock ${person.displayName}`}>Unblock</button>
    </li>`)}</ul>
  </section>`;
}
