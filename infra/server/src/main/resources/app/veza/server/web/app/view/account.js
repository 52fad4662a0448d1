import { html, useState } from '../core/ui.js';
import { download, post } from '../net/http.js';
import { attempt, tell } from './toast.js';
import { Fault, Field } from './field.js';
import { useForm } from './form.js';

export function ChangePassword() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const form = useForm(async () => {
    await post('/auth/password', { currentPassword, newPassword });
    setCurrent('');
    setNew('');
    tell('Your password is changed. Wherever else you were signed in, you are no more.');
  });
  return html`<details class="settings-part"><summary>Change your password</summary>
    <form onSubmit=${form.submit}>
      <${Fault}>${form.fault}<//>
      <${Field} label="Current password" type="password" autocomplete="current-password" required value=${currentPassword} onInput=${setCurrent}
        fault=${form.fieldFault('/currentPassword')} />
      <${Field} label="New password" type="password" autocomplete="new-password" required minlength="8" maxlength="128" hint="8 characters or more."
        value=${newPassword} onInput=${setNew} fault=${form.fieldFault('/newPassword')} />
      <button class="button" disabled=${form.isBusy}>Change password</button>
    </form>
  </details>`;
}

/** All that is known of one, as a file. */
export function Export() {
  const [isBusy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await attempt(async () => {
      const address = URL.createObjectURL(await download('/api/me/export', { method: 'POST' }));
      Object.assign(document.createElement('a'), { href: address, download: 'veza-export.zip' }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    });
    setBusy(false);
  };
  return html`<button type="button" class="button" disabled=${isBusy} onClick=${save}>${isBusy ? 'Collecting…' : 'Download your data'}</button>`;
}
