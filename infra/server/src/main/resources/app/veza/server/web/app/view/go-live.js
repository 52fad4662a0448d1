import { html, useState } from '../core/ui.js';
import { go } from '../core/route.js';
import { createStream } from '../live/streams.js';
import { Dialog } from './dialog.js';
import { Fault, Field } from './field.js';
import { useForm } from './form.js';

export function GoLive({ onClose }) {
  const [title, setTitle] = useState('');
  const [description, setDescription] = useState('');
  const [isPublic, setPublic] = useState(true);
  const [record, setRecord] = useState(true);
  const form = useForm(async () => {
    const id = await createStream({
      title: title.trim(),
      ...(description.trim() ? { description: description.trim() } : {}),
      visibility: isPublic ? 'public' : 'private',
      record,
    });
    onClose();
    go('live', id);
  });
  return html`<${Dialog} title="Go live" onClose=${onClose}>
    <form onSubmit=${form.submit}>
      <${Fault}>${form.fault}<//>
      <${Field} label="Title" value=${title} onInput=${setTitle} required maxlength="80" autofocus fault=${form.fieldFault('/title')} />
      <${Field} label="Description (optional)" value=${description} onInput=${setDescription} multiline maxlength="2000" fault=${form.fieldFault('/description')} />
      <div>
        <label class="check"><input type="checkbox" checked=${isPublic} onChange=${(event) => setPublic(event.target.checked)} />Everybody may listen</label>
        <label class="check"><input type="checkbox" checked=${record} onChange=${(event) => setRecord(event.target.checked)} />Keep a recording</label>
      </div>
      <p class="note">You are not on the air yet: first you see your level.</p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
        <button class="button primary" disabled=${form.isBusy}>Create</button>
      </div>
    </form>
  <//>`;
}
