/** What went wrong, as the API tells it (RFC 9457), or because nobody answered. */
export class Problem extends Error {
  constructor({ status = 0, type = '', title, detail, errors = [], retryAfter }) {
    super(detail || title || 'Something went wrong.');
    this.status = status;
    this.slug = type.slice(type.lastIndexOf('/') + 1);
    this.errors = errors;
    this.retryAfter = retryAfter;
  }

  /** Nobody can tell whether it was done, or it was certainly not done: the same again is harmless and may help. */
  get isPassing() {
    return this.status === 0 || this.status === 503 || this.slug === 'outcome-unknown';
  }
}

export const UNREACHABLE = new Problem({ type: 'unreachable', detail: 'Veza cannot be reached. Check your connection.' });

const WORDS = {
  'internal': 'Something went wrong on our side. Try again in a moment.',
  'unavailable': 'Veza is busy for the moment. Try again.',
  'outcome-unknown': 'We could not tell whether that worked. Try again: it will not be done twice.',
  'conflict': 'Somebody changed the same thing at the same moment. Try again.',
  'malformed': 'That was not understood. Reload the page and try again.',
  'invalid-credentials': 'Username or password is not right.',
};

/** One sentence for people. */
export function inWords(problem) {
  if (!(problem instanceof Problem)) return 'Something went wrong in this page. Reload it and try again.';
  const wait = problem.status === 429 && problem.retryAfter
    ? ` Try again in ${inTime(problem.retryAfter)}.`
    : '';
  return (WORDS[problem.slug] ?? problem.message) + wait;
}

function inTime(seconds) {
  if (seconds < 60) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  const minutes = Math.ceil(seconds / 60);
  return `${minutes} minute${minutes === 1 ? '' : 's'}`;
}

/** What is wrong with one field of a form, by its JSON pointer. */
export function fieldFault(problem, pointer) {
  const fault = problem instanceof Problem && problem.errors.find((error) => error.pointer === pointer);
  return fault ? capital(`${fault.detail}.`.replace('..', '.')) : undefined;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
