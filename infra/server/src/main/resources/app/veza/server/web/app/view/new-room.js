import { html, useState } from '../core/ui.js';
import { go } from '../core/route.js';
import { createRoom } from '../chat/rooms.js';
import { follow } from '../chat/follow.js';
import { Dialog } from './dialog.js';
import { Fault, Field } from './field.js';
import { useForm } from './form.js';

export function NewRoom({ onClose }) {
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [visibility, setVisibility] = useState('public');
  const form = useForm(async () => {
    const id = await createRoom(name.trim(), topic.trim(), visibility);
    await follow(id);
    onClose();
    go('rooms', id);
  });
  const kind = (value, label, hint) => html`<label class="choice">
    <input type="radio" name="visibility" value=${value} checked=${visibility === value} onChange=${() => setVisibility(value)} />
    <span><strong>${label}</strong><span>${hint}</span></span>
  </label>`;
  return html`<${Dialog} title="New room" onClose=${onClose}>
    <form onSubmit=${form.submit}>
      <${Fault}>${form.fault}<//>
      <${Field} label="Name" value=${name} onInput=${setName} required maxlength="80" autofocus fault=${form.fieldFault('/name')} />
      <${Field} label="Topic (optional)" value=${topic} onInput=${setTopic} maxlength="250" fault=${form.fieldFault('/topic')} />
      <fieldset><legend>Who may come in</legend>
        ${kind('public', 'Everybody', 'Anyone can find and join it.')}
        ${kind('private', 'Invited people', 'Only who is invited knows that it exists.')}
      </fieldset>
      <div class="dialog-actions">
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
        <button class="button primary" disabled=${form.isBusy}>Create room</button>
      </div>
    </form>
  <//>`;
}
