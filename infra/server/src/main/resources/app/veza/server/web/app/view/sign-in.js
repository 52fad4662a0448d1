import { html, useCell, useState } from '../core/ui.js';
import { endedBecause, register, signIn } from '../net/session.js';
import { Fault, Field } from './field.js';
import { useForm } from './form.js';
import { Front } from './front.js';
import { ForgotPassword } from './password.js';

/** Coming in: with an account, or by making one. */
export function SignIn() {
  const [way, setWay] = useState('sign-in');
  if (way === 'forgot') return html`<${ForgotPassword} onBack=${() => setWay('sign-in')} />`;
  return html`<${Front}>
    <${way === 'register' ? Register : LogIn} key=${way} onForgot=${() => setWay('forgot')} />
    <p class="front-switch">
      ${way === 'register' ? 'You have an account?' : 'New here?'}${' '}
      <button type="button" class="link" onClick=${() => setWay(way === 'register' ? 'sign-in' : 'register')}>
        ${way === 'register' ? 'Sign in' : 'Create an account'}
      </button>
    </p>
  <//>`;
}

function LogIn({ onForgot }) {
  const ended = useCell(endedBecause);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState(null);
  const [stay, setStay] = useState(true);
  const form = useForm(async () => {
    await signIn({ username: username.trim(), password, ...(code ? { totp: code.trim() } : {}) }, stay);
  }, (failure) => {
    if (failure.slug?.includes('totp') && code === null) {
      setCode('');
      return true;
    }
    return false;
  });
  return html`<form onSubmit=${form.submit} aria-labelledby="front-title">
    <h1 id="front-title">Sign in</h1>
    <${Fault}>${form.fault ?? ended}<//>
    <${Field} label="Username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus
      value=${username} onInput=${setUsername} fault=${form.fieldFault('/username')} />
    <${Field} label="Password" name="password" type="password" autocomplete="current-password" required
      value=${password} onInput=${setPassword} fault=${form.fieldFault('/password')} />
    ${code !== null && html`<${Field} label="Code of your authenticator" name="totp" inputmode="numeric" autocomplete="one-time-code" required
      autofocus value=${code} onInput=${setCode} fault=${form.fieldFault('/totp')} hint="Or one of your recovery codes." />`}
    <label class="check"><input type="checkbox" checked=${stay} onChange=${(event) => setStay(event.target.checked)} />
      Stay signed in on this device</label>
    <button class="button primary wide" disabled=${form.isBusy}>${form.isBusy ? 'Signing in…' : 'Sign in'}</button>
    <p><button type="button" class="link" onClick=${onForgot}>Forgot your password?</button></p>
  </form>`;
}

function Register() {
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useForm(async () => {
    const account = { username: username.trim(), email: email.trim(), password };
    await register(displayName.trim() ? { ...account, displayName: displayName.trim() } : account);
    await signIn({ username: account.username, password }, true);
  });
  return html`<form onSubmit=${form.submit} aria-labelledby="front-title">
    <h1 id="front-title">Create an account</h1>
    <${Fault}>${form.fault}<//>
    <${Field} label="Username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus
      minlength="3" maxlength="32" hint="3 to 32 letters, digits, dots, dashes. Others mention you by it."
      value=${username} onInput=${setUsername} fault=${form.fieldFault('/username')} />
    <${Field} label="Display name (optional)" name="displayName" autocomplete="name" maxlength="80"
      value=${displayName} onInput=${setDisplayName} fault=${form.fieldFault('/displayName')} />
    <${Field} label="E-mail" name="email" type="email" autocomplete="email" required
      value=${email} onInput=${setEmail} fault=${form.fieldFault('/email')} />
    <${Field} label="Password" name="password" type="password" autocomplete="new-password" required minlength="8" maxlength="128"
      hint="8 characters or more." value=${password} onInput=${setPassword} fault=${form.fieldFault('/password')} />
    <button class="button primary wide" disabled=${form.isBusy}>${form.isBusy ? 'Creating…' : 'Create account'}</button>
  </form>`;
}
