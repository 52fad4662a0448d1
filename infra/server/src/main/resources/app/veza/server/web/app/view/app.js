import { html, useCell, useEffect, useState } from '../core/ui.js';
import { pause, backoff } from '../core/pause.js';
import { resume, session } from '../net/session.js';
import { Front } from './front.js';
import { ResetPassword, VerifyEmail } from './password.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';
import { Toasts } from './toast.js';

/** Links in mails bear their token behind the `#`, which is sent to no server and is in no log. */
function mailed() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  return token ? { path: location.pathname, token } : null;
}

export function App() {
  const [link, setLink] = useState(mailed);
  const done = () => {
    history.replaceState(null, '', '/');
    setLink(null);
  };
  if (link?.path === '/reset-password') return html`<${ResetPassword} token=${link.token} onDone=${done} />`;
  if (link?.path === '/verify-email') return html`<${VerifyEmail} token=${link.token} onDone=${done} />`;
  return html`<${Inside} /><${Toasts} />`;
}

function Inside() {
  const signedIn = useCell(session);
  const [isLooking, setLooking] = useState(true);
  useEffect(() => {
    goOn().finally(() => setLooking(false));
  }, []);
  if (isLooking) return html`<${Waiting} />`;
  return signedIn ? html`<${Shell} key=${signedIn.user.id} me=${signedIn.user} />` : html`<${SignIn} />`;
}

/** Until it is known whether the stored session is good: nobody is signed out because a server is away. */
async function goOn() {
  for (let attempt = 0; ; attempt++) {
    try {
      await resume();
      return;
    } catch {
      await pause(backoff(attempt));
    }
  }
}

function Waiting() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 1_500);
    return () => clearTimeout(timer);
  }, []);
  return html`<${Front}><p role="status" class="quiet">${isLong ? 'Connecting…' : ''}</p><//>`;
}
