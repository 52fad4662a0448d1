import { html, useEffect, useRef } from '../core/ui.js';

export const QUICK = ['👍', '❤️', '😂', '🎉', '👀'];
const ALL = [
  ['👍', 'thumbs up'], ['👎', 'thumbs down'], ['❤️', 'heart'], ['😂', 'tears of joy'], ['🎉', 'party'], ['👀', 'eyes'], ['🙏', 'thanks'], ['🔥', 'fire'],
  ['😀', 'grin'], ['😊', 'smile'], ['😍', 'in love'], ['🤔', 'thinking'], ['😅', 'sweat'], ['😢', 'crying'], ['😮', 'astonished'], ['😡', 'angry'],
  ['😎', 'cool'], ['🥳', 'celebrating'], ['🙌', 'raised hands'], ['👏', 'applause'], ['💪', 'strong'], ['🤝', 'handshake'], ['👋', 'wave'], ['✅', 'done'],
  ['❌', 'no'], ['⭐', 'star'], ['💡', 'idea'], ['🚀', 'rocket'], ['☕', 'coffee'], ['🎵', 'music'], ['🎧', 'headphones'], ['⛵', 'boat'],
];

const WIDTH = 8;

/** A grid that arrows walk through. */
export function EmojiPicker({ onPick, onClose }) {
  const ref = useRef(null);
  useEffect(() => {
    ref.current.querySelector('button').focus();
    const outside = (event) => {
      if (!ref.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, []);
  const onKey = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: WIDTH, ArrowUp: -WIDTH }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (step) {
      event.preventDefault();
      const buttons = [...ref.current.querySelectorAll('button')];
      buttons[buttons.indexOf(document.activeElement) + step]?.focus();
    }
  };
  return html`<div class="emoji" role="dialog" aria-label="Choose an emoji" ref=${ref} onKeyDown=${onKey}>
    ${ALL.map(([emoji, name]) => html`<button type="button" key=${emoji} aria-label=${name} title=${name} onClick=${() => onPick(emoji)}>${emoji}</button>`)}
  </div>`;
}
