const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

export const publicUrl = meta('veza-public-url').replace(/\/$/, '');
export const gatewayUrl = meta('veza-gateway-url').replace(/\/$/, '');

/** Of an absolute URL of the API, what is asked of the origin that the page came from. */
export function ownPath(url) {
  const { pathname, search } = new URL(url, location.origin);
  return pathname + search;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** On one's own machine the page may have been opened by another name than sockets and links bear. */
export function isByAnotherName() {
  const named = new URL(publicUrl);
  return named.origin !== location.origin
    && named.port === location.port
    && LOOPBACK.has(named.hostname)
    && LOOPBACK.has(location.hostname);
}
