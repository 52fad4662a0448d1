import { html, useState } from '../core/ui.js';
import { exchange } from '../net/exchange.js';
import { Fault, Field } from './field.js';
import { Front } from './front.js';
import { useForm } from './form.js';

async function ask(path, body) {
  const answer = await exchange('POST', path, body, { headers: { 'Idempotency-Key': crypto.randomUUID() } });
  if (answer.problem) throw answer.problem;
}

/** A mail with a link, to whoever has an account with the address. */
export function ForgotPassword({ onBack }) {
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const form = useForm(async () => {
    await ask('/auth/password/forgot', { email: email.trim() });
    setSent(true);
  });
  return html`<${Front}>
    <form onSubmit=${form.submit} aria-labelledby="front-title">
      <h1 id="front-title">Reset your password</h1>
      <${Fault}>${form.fault}<//>
      ${isSent
        ? html`<p role="status">If an account has this address, a mail with a link is on its way. The link is good for half an hour.</p>`
        : html`<${Field} label="E-mail" type="email" autocomplete="email" required autofocus value=${email} onInput=${setEmail}
            fault=${form.fieldFault('/email')} />
          <button class="button primary wide" disabled=${form.isBusy}>Send the link</button>`}
    </form>
    <p class="front-switch"><button type="button" class="link" onClick=${onBack}>Back to sign in</button></p>
  <//>`;
}

/** Where the link in a mail leads to: `/reset-password#token=...`. */
export function ResetPassword({ token, onDone }) {
  const [password, setPassword] = useState('');
  const [isDone, setDone] = useState(false);
  const form = useForm(async () => {
    await ask('/auth/password/reset', { token, newPassword: password });
    setDone(true);
  });
  return html`<${Front}>
    <form onSubmit=${form.submit} aria-labelledby="front-title">
      <h1 id="front-title">Choose a new password</h1>
      <${Fault}>${form.fault ?? form.fieldFault('/token')}<//>
      ${isDone
        ? html`<p role="status">Your password is changed.</p>`
        : html`<${Field} label="New password" type="password" autocomplete="new-password" required minlength="8" maxlength="128" autofocus
            hint="8 characters or more." value=${password} onInput=${setPassword} fault=${form.fieldFault('/newPassword')} />
          <button class="button primary wide" disabled=${form.isBusy}>Change password</button>`}
    </form>
    <p class="front-switch"><button type="button" class="link" onClick=${onDone}>Go to sign in</button></p>
  <//>`;
}

/** Likewise `/verify-email#token=...`. */
export function VerifyEmail({ token, onDone }) {
  const [isDone, setDone] = useState(false);
  const form = useForm(async () => {
    await ask('/auth/email/verify', { token });
    setDone(true);
  });
  return html`<${Front}>
    <form onSubmit=${form.submit} aria-labelledby="front-title">
      <h1 id="front-title">Confirm your e-mail</h1>
      <${Fault}>${form.fault ?? form.fieldFault('/token')}<//>
      ${isDone
        ? html`<p role="status">Thank you, your address is confirmed.</p>`
        : html`<button class="button primary wide" disabled=${form.isBusy}>Confirm my address</button>`}
    </form>
    <p class="front-switch"><button type="button" class="link" onClick=${onDone}>Go to Veza</button></p>
  <//>`;
}
