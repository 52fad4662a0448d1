import { html, useCell } from '../core/ui.js';
import { named } from '../core/words.js';
import { typing } from '../chat/typing.js';

/** Its place is always kept, so that nothing moves when somebody starts. */
export function TypingLine({ roomId }) {
  const people = useCell(typing).get(roomId) ?? [];
  const names = named(people.map((person) => person.displayName));
  return html`<p class="typing" aria-hidden=${people.length === 0 ? 'true' : undefined}>
    ${people.length > 0 && html`<span class="typing-dots" aria-hidden="true"><i /><i /><i /></span>
      ${names} ${people.length === 1 ? 'is' : 'are'} typing…`}
  </p>`;
}
