import { classes, html, useEffect, useRef, useState } from '../core/ui.js';
import { sendMessage } from '../chat/outbox.js';
import { startTyping, stopTyping } from '../chat/typing.js';
import { MOST_FILES } from '../chat/files.js';
import { EmojiPicker } from './emoji.js';
import { Icon, IconButton } from './icon.js';
import { MentionList, mentionAt, matching } from './mentions.js';
import { Uploads, useUploads } from './uploads.js';
import { tell } from './toast.js';

const LONGEST = 10_000;
const drafts = new Map(); // room id -> text

/** Where one says something. Enter sends, Shift Enter begins a line. */
export function Composer({ room, me, people, timeline, replyTo, onReplied, onEditLast }) {
  const [text, setText] = useState(drafts.get(room.id) ?? '');
  const [mention, setMention] = useState(null); // {start, end, words, chosen}
  const [isPicking, setPicking] = useState(false);
  const [isOver, setOver] = useState(false);
  const field = useRef(null);
  const chooser = useRef(null);
  const uploads = useUploads();
  const found = mention ? matching(people, mention.words, me) : [];

  useEffect(() => {
    drafts.set(room.id, text);
    const area = field.current;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (replyTo) field.current.focus();
  }, [replyTo]);
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current.focus();
    return () => stopTyping(room.id);
  }, []);

  const change = (value, caret) => {
    setText(value);
    setMention(mentionAt(value, caret));
    if (value.trim()) startTyping(room.id);
    else stopTyping(room.id);
  };
  const insert = (start, end, piece) => {
    const value = text.slice(0, start) + piece + text.slice(end);
    setText(value);
    setMention(null);
    requestAnimationFrame(() => {
      field.current.focus();
      field.current.setSelectionRange(start + piece.length, start + piece.length);
    });
  };
  const take = (person) => insert(mention.start, mention.end, `@${person.username} `);
  const submit = (event) => {
    event?.preventDefault();
    const files = uploads.done();
    const said = text.trim() || files.map((file) => file.name).join(', ');
    if (uploads.isBusy) tell('Your files are still on their way.');
    if (!said || uploads.isBusy) return;
    if (said.length > LONGEST) {
      tell(`A message has at most ${LONGEST.toLocaleString()} characters; this one has ${said.length.toLocaleString()}.`, { isFault: true });
      return;
    }
    if (timeline.view.get().hasNewer) timeline.loadNewest();
    stopTyping(room.id);
    sendMessage(room.id, { text: said, replyTo: replyTo?.id, attachments: files.map(({ name, ...file }) => file) });
    setText('');
    setMention(null);
    uploads.clear();
    onReplied();
    field.current.focus();
  };
  const onKey = (event) => {
    if (event.isComposing) return;
    if (mention && found.length > 0 && choose(event, { mention, setMention, found, take })) return;
    if (event.key === 'Enter' && !event.shiftKey) submit(event);
    else if (event.key === 'Escape' && replyTo) onReplied();
    else if (event.key === 'ArrowUp' && !text) editLast(event);
  };
  const editLast = (event) => {
    const mine = timeline.view.get().messages.findLast((message) => message.sender.id === me.id && !message.deletedAt);
    if (mine) {
      event.preventDefault();
      onEditLast(mine.id);
    }
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    uploads.add(event.dataTransfer.files);
  };
  const paste = (event) => {
    if (event.clipboardData.files.length > 0) {
      event.preventDefault();
      uploads.add(event.clipboardData.files);
    }
  };

  return html`<form class=${classes('composer', isOver && 'over')} onSubmit=${submit} onDrop=${drop} onDragOver=${(event) => { event.preventDefault(); setOver(true); }}
    onDragLeave=${() => setOver(false)}>
    ${replyTo && html`<div class="replying"><${Icon} name="reply" /><span>Replying to <strong>${replyTo.sender.displayName}</strong></span>
      <${IconButton} name="close" label="Do not reply" kind="small" onClick=${onReplied} /></div>`}
    <${Uploads} uploads=${uploads} />
    ${mention && found.length > 0 && html`<${MentionList} found=${found} chosen=${mention.chosen} onTake=${take} />`}
    <div class="composer-line">
      <input ref=${chooser} type="file" multiple hidden onChange=${(event) => { uploads.add(event.target.files); event.target.value = ''; }} />
      <${IconButton} name="plus" label="Attach files" onClick=${() => chooser.current.click()} disabled=${uploads.files.length >= MOST_FILES} />
      <textarea ref=${field} rows="1" value=${text} placeholder=${`Message ${room.name}`} aria-label=${`Message ${room.name}`}
        aria-autocomplete="list" aria-controls=${mention ? 'mentions' : undefined}
        aria-activedescendant=${found[mention?.chosen] ? `mention-${found[mention.chosen].id}` : undefined}
        onInput=${(event) => change(event.target.value, event.target.selectionStart)} onKeyDown=${onKey} onPaste=${paste}
        onBlur=${() => stopTyping(room.id)} />
      <${IconButton} name="smile" label="Insert an emoji" aria-expanded=${String(isPicking)} onClick=${() => setPicking(!isPicking)} />
      <button class="icon-button send" aria-label="Send" title="Send" disabled=${uploads.isBusy || (!text.trim() && uploads.files.length === 0)}><${Icon} name="send" /></button>
    </div>
    ${isPicking && html`<${EmojiPicker} onClose=${() => { setPicking(false); field.current.focus(); }} onPick=${(emoji) => {
      setPicking(false);
      insert(field.current.selectionStart, field.current.selectionEnd, emoji);
    }} />`}
  </form>`;
}

/** Arrows, Enter and Tab in the list of names; true where the key was for it. */
function choose(event, { mention, setMention, found, take }) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) setMention({ ...mention, chosen: (mention.chosen + step + found.length) % found.length });
  else if (event.key === 'Enter' || event.key === 'Tab') take(found[mention.chosen] ?? found[0]);
  else if (event.key === 'Escape') setMention(null);
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
