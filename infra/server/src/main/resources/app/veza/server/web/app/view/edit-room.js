import { html, useState } from '../core/ui.js';
import { changeRoom } from '../chat/rooms.js';
import { Dialog } from './dialog.js';
import { Fault, Field } from './field.js';
import { useForm } from './sign-in.js';

export function EditRoom({ room, onClose }) {
  const [name, setName] = useState(room.name);
  const [topic, setTopic] = useState(room.topic ?? '');
  const form = useForm(async () => {
    await changeRoom(room.id, { name: name.trim(), topic: topic.trim() });
    onClose();
  });
  return html`<${Dialog} title="Edit room" onClose=${onClose}>
    <form onSubmit=${form.submit}>
      <${Fault}>${form.fault}<//>
      <${Field} label="Name" value=${name} onInput=${setName} required maxlength="80" autofocus fault=${form.fieldFault('/name')} />
      <${Field} label="Topic" value=${topic} onInput=${setTopic} maxlength="250" fault=${form.fieldFault('/topic')} />
      <div class="dialog-actions">
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
        <button class="button primary" disabled=${form.isBusy}>Save</button>
      </div>
    </form>
  <//>`;
}
