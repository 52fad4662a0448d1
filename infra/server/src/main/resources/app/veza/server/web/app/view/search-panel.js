import { html, useCell, useEffect, useRef, useState } from '../core/ui.js';
import { go } from '../core/route.js';
import { briefly, fully } from '../core/words.js';
import { search } from '../chat/messages.js';
import { rooms } from '../chat/rooms.js';
import { inWords } from '../net/problem.js';
import { Panel } from './panel.js';

const SETTLE_MS = 250;
const NOTHING = { items: [], nextCursor: null, words: '' };

/** What was said, by words, here or in all my rooms; a hit leads to where it was said. */
export function SearchPanel({ room, onClose }) {
  const [words, setWords] = useState('');
  const [isEverywhere, setEverywhere] = useState(false);
  const [found, setFound] = useState(NOTHING);
  const [failure, setFailure] = useState(null);
  const all = useCell(rooms);
  const field = useRef(null);
  const roomId = isEverywhere ? null : room.id;
  useEffect(() => field.current.focus(), []);
  useEffect(() => {
    setFailure(null);
    if (!/[\p{L}\p{N}]/u.test(words)) {
      setFound(NOTHING);
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => search(words, roomId, null, controller.signal)
      .then((page) => setFound({ ...page, words }), (reason) => controller.signal.aborted || setFailure(reason)), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [words, roomId]);
  const more = async () => {
    const page = await search(words, roomId, found.nextCursor);
    setFound({ ...page, words, items: [...found.items, ...page.items] });
  };
  return html`<${Panel} title="Search" onClose=${onClose}>
    <div class="search-form">
      <input ref=${field} type="search" class="search" aria-label="Words" placeholder="Words" value=${words} maxlength="500"
        onInput=${(event) => setWords(event.target.value)} />
      <label class="check"><input type="checkbox" checked=${isEverywhere} onChange=${(event) => setEverywhere(event.target.checked)} />In all my rooms</label>
    </div>
    <p role="status" class="finder-note">${failure ? inWords(failure) : found.words && found.items.length === 0 ? 'Nothing was found.' : ''}</p>
    <ul class="hits">${found.items.map((message) => html`<li key=${message.id}>
      <button type="button" class="hit" onClick=${() => go('rooms', message.roomId, 'at', String(message.position))}>
        <span class="hit-head"><strong>${message.sender.displayName}</strong>
          ${isEverywhere && html`<span>in ${all?.get(message.roomId)?.name}</span>`}
          <time datetime=${message.sentAt} title=${fully(message.sentAt)}>${briefly(message.sentAt)}</time></span>
        <span class="hit-text"><${Marked} text=${message.text ?? ''} words=${found.words} /></span>
      </button></li>`)}</ul>
    ${found.nextCursor && html`<button type="button" class="button wide" onClick=${() => more().catch(setFailure)}>Show more</button>`}
  <//>`;
}

/** Scripts without spaces between words: there what was searched for may stand anywhere. */
const WITHOUT_SPACES = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]/u;

/** Marks where a word begins that was searched for. */
function Marked({ text, words }) {
  const wanted = words.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (wanted.length === 0) return text;
  const places = wanted.map((word) => (WITHOUT_SPACES.test(word) ? word : `(?<![\\p{L}\\p{N}])${word}`));
  const parts = text.split(new RegExp(`(${places.join('|')})`, 'giu'));
  return parts.map((part, i) => (i % 2 === 1 ? html`<mark>${part}</mark>` : part));
}
