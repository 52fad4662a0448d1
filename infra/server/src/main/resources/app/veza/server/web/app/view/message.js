import { classes, html, useEffect, useRef, useState } from '../core/ui.js';
import { clock, fully } from '../core/words.js';
import { edit, react, remove } from '../chat/messages.js';
import { attempt } from './toast.js';
import { Attachment } from './attachment.js';
import { Avatar } from './avatar.js';
import { EmojiPicker, QUICK } from './emoji.js';
import { IconButton, Icon } from './icon.js';
import { Receipts } from './receipts.js';
import { Text } from './text.js';

/** Something that was said, and what one can do about it. */
export function Message(props) {
  const { message, me, people, isFollowing, isEditing, setEditing, onReply, answered, onShow, readers, mayModerate, isClosed } = props;
  const [isPicking, setPicking] = useState(false);
  const isMine = message.sender.id === me.id;
  const isGone = Boolean(message.deletedAt);
  const namesMe = message.mentions.includes(me.id);
  const onKey = (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || isGone || isClosed) return;
    if (event.key === 'r') onReply(message);
    else if (event.key === 'e' && isMine) setEditing(message.id);
    else if (event.key === '+') setPicking(true);
    else return;
    event.preventDefault();
  };
  return html`<article class=${classes('message', isFollowing && 'following', namesMe && 'names-me', isPicking && 'picking')}
    data-key=${message.key ?? message.id} data-position=${message.position} data-id=${message.id} tabindex="-1"
    aria-label=${`${message.sender.displayName}, ${clock(message.sentAt)}`} onKeyDown=${onKey}>
    ${isFollowing
      ? html`<time class="aside-time" datetime=${message.sentAt} title=${fully(message.sentAt)} aria-hidden="true">${clock(message.sentAt)}</time>`
      : html`<${Avatar} person=${message.sender} />`}
    <div class="message-body">
      ${message.replyTo && html`<${Answered} message=${answered} onShow=${onShow} />`}
      ${!isFollowing && html`<header><strong class="sender">${message.sender.displayName}</strong>
        <time datetime=${message.sentAt} title=${fully(message.sentAt)}>${clock(message.sentAt)}</time></header>`}
      ${isGone ? html`<p class="gone">This message was deleted.</p>`
        : isEditing ? html`<${Edit} message=${message} onDone=${() => setEditing(null)} />`
          : html`<${Text} text=${message.text ?? ''} people=${people} me=${me} />`}
      ${message.editedAt && !isGone && !isEditing && html`<span class="edited" title=${fully(message.editedAt)}>(edited)</span>`}
      ${message.attachments.length > 0 && html`<div class="files">${message.attachments.map((file) => html`<${Attachment} key=${file.id} file=${file} />`)}</div>`}
      <${Reactions} message=${message} />
    </div>
    <${Receipts} readers=${readers} />
    ${!isGone && !isEditing && !isClosed && html`<${Actions} message=${message} isMine=${isMine} mayDelete=${isMine || mayModerate} isPicking=${isPicking}
      setPicking=${setPicking} onEdit=${() => setEditing(message.id)} onReply=${() => onReply(message)} />`}
  </article>`;
}

/** What it answers, in one line that leads there. */
function Answered({ message, onShow }) {
  if (!message) return html`<button type="button" class="answered" onClick=${onShow} disabled><${Icon} name="reply" />An earlier message</button>`;
  return html`<button type="button" class="answered" onClick=${() => onShow(message)}>
    <${Icon} name="reply" /><strong>${message.sender.displayName}</strong><span>${message.deletedAt ? 'deleted message' : message.text}</span>
  </button>`;
}

function Reactions({ message }) {
  const all = Object.entries(message.reactions);
  if (all.length === 0 || message.deletedAt) return null;
  return html`<div class="reactions">${all.map(([emoji, count]) => {
    const isMine = message.myReactions.includes(emoji);
    return html`<button type="button" key=${emoji} class="reaction" aria-pressed=${String(isMine)}
      aria-label=${`${emoji}, ${count}`} onClick=${() => attempt(() => react(message, emoji, !isMine))}>
      <span>${emoji}</span><span>${count}</span></button>`;
  })}</div>`;
}

function Actions({ message, isMine, mayDelete, isPicking, setPicking, onEdit, onReply }) {
  const [isSure, setSure] = useState(false);
  const pick = (emoji) => {
    setPicking(false);
    attempt(() => react(message, emoji, !message.myReactions.includes(emoji)));
  };
  return html`<div class="actions" role="group" aria-label="Actions" onMouseLeave=${() => setSure(false)}>
    ${isSure ? html`
        <button type="button" class="button small danger" onClick=${() => attempt(() => remove(message))}>Delete for everybody</button>
        <button type="button" class="button small" onClick=${() => setSure(false)}>Keep</button>`
      : html`${QUICK.slice(0, 3).map((emoji) => html`<button type="button" key=${emoji} class="icon-button quick" aria-label=${`React with ${emoji}`}
          onClick=${() => pick(emoji)}>${emoji}</button>`)}
        <${IconButton} name="smile" label="React" onClick=${() => setPicking(!isPicking)} aria-expanded=${String(isPicking)} />
        <${IconButton} name="reply" label="Reply" onClick=${onReply} />
        ${isMine && html`<${IconButton} name="edit" label="Edit" onClick=${onEdit} />`}
        ${mayDelete && html`<${IconButton} name="trash" label="Delete" onClick=${() => setSure(true)} />`}`}
    ${isPicking && html`<${EmojiPicker} onPick=${pick} onClose=${() => setPicking(false)} />`}
  </div>`;
}

function Edit({ message, onDone }) {
  const [text, setText] = useState(message.text);
  const ref = useRef(null);
  useEffect(() => {
    ref.current.focus();
    ref.current.setSelectionRange(text.length, text.length);
  }, []);
  const save = async () => {
    const changed = text.trim();
    if (!changed || changed === message.text || await attempt(() => edit(message, changed))) onDone();
  };
  const onKey = (event) => {
    if (event.key === 'Escape') onDone();
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
    event.stopPropagation();
  };
  return html`<form class="edit" onSubmit=${(event) => { event.preventDefault(); save(); }}>
    <textarea ref=${ref} aria-label="Edit the message" maxlength="10000" rows=${Math.min(8, text.split('\n').length)} value=${text}
      onInput=${(event) => setText(event.target.value)} onKeyDown=${onKey} />
    <div class="edit-actions"><button type="button" class="button small" onClick=${onDone}>Cancel</button>
      <button class="button small primary">Save</button></div>
  </form>`;
}
