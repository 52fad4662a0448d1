import { useLayoutEffect, useMemo } from '../core/ui.js';

const END_PX = 48;

/**
 * Keeps a scroller where it was when messages come before or after what is looked at: at its end, or at the message that is first in
 * sight. A target is brought into the middle once. Browsers' own anchoring is off there, since not all have it.
 */
export function useKeptPlace(scroller, state, waiting) {
  const place = useMemo(() => new Place(scroller), []);
  useLayoutEffect(() => place.restore(state));
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => place.settle());
    observer.observe(scroller.current);
    observer.observe(scroller.current.firstElementChild);
    return () => observer.disconnect();
  }, []);
  // what one says oneself is looked at
  useLayoutEffect(() => {
    if (waiting > 0) place.toEnd();
  }, [waiting]);
  return place;
}

class Place {
  #scroller;
  #isAtEnd = true;
  #isBefore = false; // more follows what is shown, so that its end is not the end
  #anchor = null; // {key, top}
  #shown = null;

  constructor(scroller) {
    this.#scroller = scroller;
  }

  isAtEnd() {
    return this.#isAtEnd;
  }

  /** After the reader has scrolled. */
  note() {
    const box = this.#scroller.current;
    this.#isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
    const first = [...box.querySelectorAll('.message')].find((message) => message.offsetTop + message.offsetHeight > box.scrollTop);
    this.#anchor = first ? { key: first.dataset.key, top: first.offsetTop - box.scrollTop } : null;
  }

  toEnd() {
    const box = this.#scroller.current;
    this.#isAtEnd = true;
    box.scrollTop = box.scrollHeight;
  }

  restore({ ready, target, hasNewer }) {
    const box = this.#scroller.current;
    if (!ready) return;
    if (this.#isBefore) this.#isAtEnd = false;
    this.#isBefore = hasNewer;
    if (target !== null && target !== this.#shown) {
      const message = box.querySelector(`[data-position="${target}"]`);
      if (message) {
        this.#shown = target;
        this.#isAtEnd = false;
        message.scrollIntoView({ block: 'center' });
        message.classList.add('sought');
        message.addEventListener('animationend', () => message.classList.remove('sought'), { once: true });
        message.focus({ preventScroll: true });
        this.note();
        this.#isAtEnd = false;
        return;
      }
    }
    if (target === null) this.#shown = null;
    this.settle();
  }

  /** Sizes have changed. */
  settle() {
    const box = this.#scroller.current;
    if (!box) return;
    if (this.#isAtEnd) {
      box.scrollTop = box.scrollHeight;
      return;
    }
    const kept = this.#anchor && box.querySelector(`[data-key="${CSS.escape(this.#anchor.key)}"]`);
    if (kept) box.scrollTop = kept.offsetTop - this.#anchor.top;
  }
}
