import { classes, html, useEffect, useRef, useState } from '../core/ui.js';
import { bytes } from '../core/words.js';
import { MOST_FILES, upload } from '../chat/files.js';
import { inWords } from '../net/problem.js';
import { Icon, IconButton } from './icon.js';

let next = 1;

/** Files on their way into a message: `{id, name, size, share, file, failure}`, `file` once it is stored. */
export function useUploads() {
  const [files, setFiles] = useState([]);
  const controllers = useRef(new Map());
  const change = (id, changes) => setFiles((all) => all.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));
  const start = async (file) => {
    const id = next++;
    const controller = new AbortController();
    controllers.current.set(id, controller);
    setFiles((all) => [...all, { id, name: file.name, size: file.size, share: 0, file: null, failure: null }]);
    try {
      change(id, { file: await upload(file, (share) => change(id, { share }), controller.signal) });
    } catch (failure) {
      if (!controller.signal.aborted) change(id, { failure });
    }
  };
  useEffect(() => () => controllers.current.forEach((controller) => controller.abort()), []);
  return {
    files,
    isBusy: files.some((entry) => !entry.file && !entry.failure),
    add: (list) => [...list].slice(0, MOST_FILES - files.length).forEach(start),
    drop: (id) => {
      controllers.current.get(id).abort();
      setFiles((all) => all.filter((entry) => entry.id !== id));
    },
    done: () => files.filter((entry) => entry.file).map((entry) => ({ ...entry.file, name: entry.name })),
    clear: () => setFiles([]),
  };
}

export function Uploads({ uploads }) {
  if (uploads.files.length === 0) return null;
  return html`<ul class="uploads" aria-label="Files to send">${uploads.files.map((entry) => html`
    <li key=${entry.id} class=${classes('upload', entry.failure && 'failed')}>
      <${Icon} name=${entry.failure ? 'warning' : entry.file ? 'check' : 'file'} />
      <span class="row-text"><strong>${entry.name}</strong>
        <span role="status">${entry.failure ? inWords(entry.failure) : entry.file ? bytes(entry.size) : `${Math.round(entry.share * 100)} % of ${bytes(entry.size)}`}</span></span>
      <${IconButton} name="close" label=${`Remove ${entry.name}`} kind="small" onClick=${() => uploads.drop(entry.id)} />
    </li>`)}</ul>`;
}
