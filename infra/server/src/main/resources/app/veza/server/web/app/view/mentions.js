import { classes, html } from '../core/ui.js';
import { Avatar } from './avatar.js';

const MOST = 6;

/** Whether somebody's name is being written where the caret is. */
export function mentionAt(text, caret) {
  const begun = /(?:^|[^\w.@-])@([A-Za-z0-9._-]{0,32})$/.exec(text.slice(0, caret));
  return begun ? { start: caret - begun[1].length - 1, end: caret, words: begun[1].toLowerCase(), chosen: 0 } : null;
}

export function matching(people, words, me) {
  return [...people.values()]
    .filter((person) => person.id !== me.id)
    .filter((person) => person.username.toLowerCase().startsWith(words)
      || person.displayName.toLowerCase().split(/\s+/).some((word) => word.startsWith(words)))
    .slice(0, MOST);
}

export function MentionList({ found, chosen, onTake }) {
  return html`<ul class="mentions rows" id="mentions" role="listbox" aria-label="People">
    ${found.map((person, i) => html`<li key=${person.id} id=${`mention-${person.id}`} role="option" aria-selected=${String(i === chosen)}
      class=${classes('row', i === chosen && 'chosen')} onMouseDown=${(event) => { event.preventDefault(); onTake(person); }}>
      <${Avatar} person=${person} size="small" withPresence /><span class="row-text inline"><strong>${person.displayName}</strong><span>@${person.username}</span></span>
    </li>`)}
  </ul>`;
}
