import { html, useMemo } from '../core/ui.js';
import { isOnlyEmoji, pieces } from '../core/rich.js';

/** A message's text. `people` by their ids say which names are mentions, and of whom. */
export function Text({ text, people, me }) {
  const parsed = useMemo(() => pieces(text), [text]);
  const names = useMemo(() => new Map([...people.values()].map((person) => [person.username.toLowerCase(), person])), [people]);
  return html`<div class=${isOnlyEmoji(text) ? 'text large' : 'text'}>${parsed.map((piece) => draw(piece, names, me))}</div>`;
}

function draw(piece, names, me) {
  const inner = () => piece.pieces.map((other) => draw(other, names, me));
  switch (piece.kind) {
    case 'block': return html`<pre tabindex="0"><code>${piece.text}</code></pre>`;
    case 'code': return html`<code>${piece.text}</code>`;
    case 'link': return html`<a href=${piece.text} target="_blank" rel="noopener noreferrer nofollow ugc">${piece.text}</a>`;
    case 'mention': return mention(piece.text, names, me);
    case 'bold': return html`<strong>${inner()}</strong>`;
    case 'italic': return html`<em>${inner()}</em>`;
    case 'strike': return html`<s>${inner()}</s>`;
    default: return piece.text;
  }
}

/** Dots and dashes at the end belong to the sentence. */
function mention(name, names, me) {
  const bare = name.replace(/[._-]+$/, '');
  const person = names.get(bare.toLowerCase());
  if (!person) return `@${name}`;
  return html`<span class=${person.id === me.id ? 'mention me' : 'mention'} title=${person.displayName}>@${bare}</span>${name.slice(bare.length)}`;
}
