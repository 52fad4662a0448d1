import { html, useEffect, useState } from '../core/ui.js';
import { fully } from '../core/words.js';
import { del, get } from '../net/http.js';
import { signOut } from '../net/session.js';
import { changeDisplayName } from '../chat/people.js';
import { inWords } from '../net/problem.js';
import { attempt, tell } from './toast.js';
import { ChangePassword, Export } from './account.js';
import { Blocked } from './blocked.js';
import { Dialog } from './dialog.js';
import { Fault, Field } from './field.js';
import { useForm } from './form.js';

export function Settings({ me, onClose }) {
  const [name, setName] = useState(me.displayName);
  const form = useForm(async () => {
    await changeDisplayName(name.trim());
    tell('Your name is changed.');
  });
  return html`<${Dialog} title="Settings" onClose=${onClose}>
    <form onSubmit=${form.submit}>
      <${Fault}>${form.fault}<//>
      <${Field} label="Display name" value=${name} onInput=${setName} required maxlength="80" fault=${form.fieldFault('/displayName')}
        hint=${`Others mention you as @${me.username}.`} />
      <button class="button" disabled=${form.isBusy || name.trim() === me.displayName}>Save</button>
    </form>
    <${ChangePassword} />
    <${Blocked} />
    <${Sessions} />
    <div class="dialog-actions">
      <${Export} />
      <button type="button" class="button danger" onClick=${() => attempt(signOut)}>Sign out</button>
    </div>
  <//>`;
}

/** Where one is signed in. */
function Sessions() {
  const [state, setState] = useState({ items: null, failure: null });
  const load = () => get('/auth/sessions').then(({ body }) => setState({ items: body.items }), (failure) => setState({ failure }));
  useEffect(() => {
    load();
  }, []);
  const end = async (session) => {
    if (await attempt(() => del(`/auth/sessions/${session.id}`))) await load();
  };
  return html`<section aria-labelledby="sessions-title" class="sessions">
    <h3 id="sessions-title">Where you are signed in</h3>
    ${state.failure && html`<p role="alert">${inWords(state.failure)}</p>`}
    <ul class="rows">${state.items?.map((session) => html`<li key=${session.id} class="row still">
      <span class="row-text"><strong>${browser(session.agent)}${session.current ? ' · this browser' : ''}</strong>
        <span>Since ${fully(session.startedAt)} from ${session.address}</span></span>
      ${!session.current && html`<button type="button" class="button small" onClick=${() => end(session)}
        aria-label=${`End the session of ${browser(session.agent)}`}>End</button>`}
    </li>`)}</ul>
  </section>`;
}

const NAMES = [['Edg/', 'Edge'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']];
const SYSTEMS = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']];

function browser(agent = '') {
  const of = (list) => list.find(([part]) => agent.includes(part))?.[1];
  const name = of(NAMES);
  return name ? [name, of(SYSTEMS)].filter(Boolean).join(' on ') : agent || 'Unknown program';
}
