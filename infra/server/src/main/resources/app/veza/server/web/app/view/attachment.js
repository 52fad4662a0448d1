import { html, useEffect, useState } from '../core/ui.js';
import { bytes } from '../core/words.js';
import { blobUrl } from '../chat/files.js';
import { inWords } from '../net/problem.js';
import { Icon } from './icon.js';
import { attempt } from './toast.js';

/** A file of a message. A picture has its place before it is there, so that nothing moves. */
export function Attachment({ file }) {
  if (file.contentType.startsWith('image/')) return html`<${Picture} file=${file} />`;
  if (file.contentType.startsWith('audio/')) return html`<${Player} file=${file} kind="audio" />`;
  if (file.contentType.startsWith('video/')) return html`<${Player} file=${file} kind="video" />`;
  return html`<${Download} file=${file} />`;
}

function useBlob(file, isWanted = true) {
  const [state, setState] = useState({});
  useEffect(() => {
    if (!isWanted) return undefined;
    let isGone = false;
    blobUrl(file).then((url) => isGone || setState({ url }), (failure) => isGone || setState({ failure }));
    return () => { isGone = true; };
  }, [file.id, isWanted]);
  return state;
}

function Picture({ file }) {
  const { url, failure } = useBlob(file);
  if (failure) return html`<p class="file-fault">${inWords(failure)}</p>`;
  return html`<a class="picture" href=${url} target="_blank" rel="noopener" aria-label="Open the picture">
    ${url && html`<img src=${url} alt="Picture" decoding="async" />`}
  </a>`;
}

function Player({ file, kind }) {
  const [isWanted, setWanted] = useState(false);
  const { url, failure } = useBlob(file, isWanted);
  if (failure) return html`<p class="file-fault">${inWords(failure)}</p>`;
  if (url) {
    return kind === 'audio'
      ? html`<audio class="player" controls autoplay src=${url} />`
      : html`<video class="player" controls autoplay playsinline src=${url} />`;
  }
  return html`<button type="button" class="file" disabled=${isWanted} onClick=${() => setWanted(true)}>
    <${Icon} name="play" /><span><strong>${isWanted ? 'Loading…' : `Play ${kind}`}</strong><span>${bytes(file.size)}</span></span>
  </button>`;
}

const ENDINGS = { 'application/pdf': 'pdf', 'application/zip': 'zip', 'text/plain': 'txt' };

function Download({ file }) {
  const ending = ENDINGS[file.contentType] ?? 'bin';
  const save = () => attempt(async () => {
    const link = document.createElement('a');
    link.href = await blobUrl(file);
    link.download = `${file.id}.${ending}`;
    link.click();
  });
  return html`<button type="button" class="file" onClick=${save}>
    <${Icon} name="file" /><span><strong>${ending.toUpperCase()} file</strong><span>${bytes(file.size)} · Download</span></span>
  </button>`;
}
