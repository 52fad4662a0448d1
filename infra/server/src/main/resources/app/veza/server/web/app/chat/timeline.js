import { cell } from '../core/cell.js';
import { get } from '../net/http.js';
import { session } from '../net/session.js';

const PAGE = 50;
const MOST_LIVE = 200;

/**
 * A stretch of a room's history, without holes, in order. Each message bears the position at which it was so (`version`), so that what
 * comes late changes nothing: what is read and what is pushed may come in any order.
 */
export class Timeline {
  /** `{messages, ready, hasOlder, hasNewer, loading, failure, target}` */
  view = cell({ messages: [], ready: false, hasOlder: false, hasNewer: false, loading: null, failure: null, target: null });

  #roomId;
  #aside = []; // pushed messages that are beyond the stretch
  #generation = 0;

  constructor(roomId) {
    this.#roomId = roomId;
  }

  get isReady() {
    return this.view.get().ready;
  }

  /** The newest messages. */
  async loadNewest() {
    await this.#replace(async () => {
      const page = await this.#page({ limit: PAGE });
      return { page: page.messages, hasOlder: page.more, hasNewer: false, target: null };
    });
  }

  /** What was said around a position. */
  async jumpTo(position) {
    if (this.view.get().messages.some((message) => message.position === position)) {
      this.#change({ target: position });
      return;
    }
    await this.#replace(async () => {
      const page = await this.#page({ limit: PAGE, before: position + 1 });
      return { page: page.messages, hasOlder: page.more, hasNewer: true, target: position };
    });
    await this.loadNewer();
  }

  async loadOlder() {
    const { messages, hasOlder, loading } = this.view.get();
    if (!hasOlder || loading || messages.length === 0) return;
    await this.#extend('older', async () => {
      const page = await this.#page({ limit: PAGE, before: messages[0].position });
      return { page: page.messages, change: { hasOlder: page.more } };
    });
  }

  async loadNewer() {
    const { messages, hasNewer, loading } = this.view.get();
    if (!hasNewer || loading || messages.length === 0) return;
    await this.#extend('newer', async () => {
      const page = await this.#page({ limit: PAGE, after: messages.at(-1).position, order: 'asc' });
      return { page: page.messages, change: { hasNewer: page.more } };
    });
  }

  /** A message as an event tells it. */
  apply(event) {
    const { message, position } = event;
    const state = this.view.get();
    const known = state.messages.find((other) => other.id === message.id);
    if (known) {
      if (known.version < position) {
        this.#change({ messages: state.messages.map((m) => (m === known ? this.#after(known, event) : m)) });
      }
      return;
    }
    if (event.type !== 'message.sent') return;
    const fresh = { ...message, version: position, myReactions: [] };
    const atTheEnd = state.ready && !state.hasNewer;
    if (atTheEnd) this.#change({ messages: merged(state.messages, [fresh]) });
    // A page that is being read anew may be older
    if (!atTheEnd || state.loading === 'all') this.#aside = [...this.#aside, fresh].slice(-MOST_LIVE);
  }

  /** One's own message, acknowledged before it was pushed. Nothing happens where it is there. */
  insert(message) {
    const state = this.view.get();
    if (!state.ready || state.hasNewer || state.messages.some((other) => other.id === message.id)) return;
    this.#change({ messages: merged(state.messages, [{ ...message, version: message.position - 0.5, myReactions: [] }]) });
  }

  /** A reaction shows at once; what the server says follows. */
  react(messageId, emoji, adds) {
    this.#change({
      messages: this.view.get().messages.map((message) => {
        if (message.id !== messageId || message.myReactions.includes(emoji) === adds) return message;
        const count = (message.reactions[emoji] ?? 0) + (adds ? 1 : -1);
        const { [emoji]: _, ...others } = message.reactions;
        return {
          ...message,
          reactions: count > 0 ? { ...message.reactions, [emoji]: count } : others,
          myReactions: adds ? [...message.myReactions, emoji] : message.myReactions.filter((e) => e !== emoji),
        };
      }),
    });
  }

  reached() {
    this.#change({ target: null });
  }

  /** Nothing that is known may be relied on: too much was missed. */
  async forget() {
    this.#generation++;
    this.#aside = [];
    if (this.isReady) await this.loadNewest();
  }

  #after(known, { type, message, position, person, emoji }) {
    let { myReactions } = known;
    if (person?.id === session.get()?.user.id) {
      if (type === 'reaction.added') myReactions = [...new Set([...myReactions, emoji])];
      if (type === 'reaction.removed') myReactions = myReactions.filter((other) => other !== emoji);
    }
    if (type === 'message.deleted') myReactions = [];
    return { ...message, key: known.key, version: position, myReactions };
  }

  async #page(range) {
    const query = new URLSearchParams(Object.entries(range).map(([name, value]) => [name, String(value)]));
    const { body, position } = await get(`/api/rooms/${this.#roomId}/messages?${query}`);
    const messages = body.items.map((message) => ({ ...message, myReactions: message.myReactions ?? [], version: position }));
    return { messages: range.order === 'asc' ? messages : messages.reverse(), more: body.nextCursor !== null };
  }

  async #replace(load) {
    const generation = ++this.#generation;
    this.#change({ loading: 'all', failure: null });
    try {
      const { page, ...rest } = await load();
      if (generation !== this.#generation) return;
      const pushed = rest.hasNewer ? [] : this.#aside.filter((m) => m.position > (page[0]?.position ?? 0));
      this.#change({ ...rest, messages: merged(page, pushed), ready: true, loading: null });
    } catch (failure) {
      if (generation === this.#generation) this.#change({ loading: null, failure });
    }
  }

  async #extend(direction, load) {
    const generation = this.#generation;
    this.#change({ loading: direction, failure: null });
    try {
      const { page, change } = await load();
      if (generation !== this.#generation) return;
      const pushed = change.hasNewer === false ? this.#aside : [];
      this.#change({ ...change, messages: merged(this.view.get().messages, [...page, ...pushed]), loading: null });
    } catch (failure) {
      if (generation === this.#generation) this.#change({ loading: null, failure });
    }
  }

  #change(changes) {
    this.view.update((now) => ({ ...now, ...changes }));
  }
}

/** In order, each once, in its newest state. */
function merged(messages, others) {
  const byId = new Map(messages.map((message) => [message.id, message]));
  for (const other of others) {
    const known = byId.get(other.id);
    if (!known || known.version < other.version) byId.set(other.id, known ? { ...other, key: known.key } : other);
  }
  return [...byId.values()].sort((one, two) => one.position - two.position);
}
