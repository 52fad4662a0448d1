import { post, download } from '../net/http.js';
import { Problem, UNREACHABLE } from '../net/problem.js';
import { ownPath } from '../core/config.js';

export const LARGEST_FILE = 25 * 2 ** 20;
export const MOST_FILES = 10;

/** Puts a file where the server says, and answers it as a message has it. `progress` hears of the share that is done. */
export async function upload(file, progress, signal) {
  if (file.size > LARGEST_FILE) throw tooLarge(file);
  const contentType = file.type.split(';')[0] || 'application/octet-stream';
  const { body } = await post('/api/uploads', { contentType, size: file.size }, { signal });
  await send(body.uploadUrl, contentType, file, progress, signal);
  return { id: body.attachmentId, contentType, size: file.size, url: `/api/attachments/${body.attachmentId}` };
}

const tooLarge = (file) => new Problem({ status: 413, detail: `${file.name} is larger than 25 MB.` });

/** Not `fetch`, which tells nothing of how far it is. */
function send(url, contentType, file, progress, signal) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', contentType);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
    request.onload = () => (request.status < 300
      ? done()
      : failed(new Problem({ status: request.status, detail: `${file.name} could not be stored. Try again.` })));
    request.onerror = () => failed(UNREACHABLE);
    request.onabort = () => failed(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

const blobs = new Map(); // attachment id -> promise of a URL of a blob
const MOST_KEPT = 100;

/** An address of the file's content that pictures and players can use. */
export function blobUrl(attachment) {
  if (!blobs.has(attachment.id)) {
    const url = download(ownPath(attachment.url)).then((blob) => URL.createObjectURL(blob));
    blobs.set(attachment.id, url);
    url.catch(() => blobs.delete(attachment.id));
    if (blobs.size > MOST_KEPT) {
      const [oldest, kept] = blobs.entries().next().value;
      blobs.delete(oldest);
      kept.then((old) => URL.revokeObjectURL(old), () => {});
    }
  }
  return blobs.get(attachment.id);
}

export function forgetFiles() {
  for (const url of blobs.values()) url.then((old) => URL.revokeObjectURL(old), () => {});
  blobs.clear();
}
