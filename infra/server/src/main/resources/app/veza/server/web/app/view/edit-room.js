import { html, useState } from '../core/ui.js';
import { changeRoom, setSlowMode } from '../chat/rooms.js';
import { Dialog } from './dialog.js';
import { Fault, Field } from './field.js';
import { useForm } from './form.js';

const PACES = [[0, 'Not at all'], [5, '5 seconds'], [10, '10 seconds'], [30, '30 seconds'], [60, 'a minute'], [300, '5 minutes'], [3600, 'an hour']];

export function EditRoom({ room, onClose }) {
  const [name, setName] = useState(room.name);
  const [topic, setTopic] = useState(room.topic ?? '');
  const [slow, setSlow] = useState(room.slowModeSeconds ?? 0);
  const form = useForm(async () => {
    if (slow !== (room.slowModeSeconds ?? 0)) await setSlowMode(room.id, slow);
    await changeRoom(room.id, { name: name.trim(), topic: topic.trim() });
    onClose();
  });
  return html`<${Dialog} title="Edit room" onClose=${onClose}>
    <form onSubmit=${form.submit}>
      <${Fault}>${form.fault}<//>
      <${Field} label="Name" value=${name} onInput=${setName} required maxlength="80" autofocus fault=${form.fieldFault('/name')} />
      <${Field} label="Topic" value=${topic} onInput=${setTopic} maxlength="250" fault=${form.fieldFault('/topic')} />
      <div class="field"><label for="slow-mode">Members wait between two messages</label>
        <select id="slow-mode" value=${slow} onChange=${(event) => setSlow(Number(event.target.value))}>
          ${(PACES.some(([seconds]) => seconds === slow) ? PACES : [...PACES, [slow, `${slow} seconds`]]).map(([seconds, words]) => html`<option key=${seconds} value=${seconds}>${words}</option>`)}
        </select></div>
      <div class="dialog-actions">
        <button type="button" class="button" onClick=${onClose}>Cancel</button>
        <button class="button primary" disabled=${form.isBusy}>Save</button>
      </div>
    </form>
  <//>`;
}
