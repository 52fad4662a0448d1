/**
 * A message's text as a tree of plain pieces: `{kind, text | pieces}` with the kinds text, code, block, bold, italic, strike, link and mention.
 * Pieces become elements with text in them, so nothing that somebody writes is ever HTML.
 */
const RULES = [
  { kind: 'block', pattern: /```(?:\w*\n)?([\s\S]+?)\n?```/, inner: false },
  { kind: 'code', pattern: /`([^`\n]+)`/, inner: false },
  { kind: 'link', pattern: /https?:\/\/[^\s<>"'`]*[^\s<>"'`.,:;!?)\]}]/, inner: false },
  { kind: 'mention', pattern: /(?<![\w.@-])@([A-Za-z0-9._-]{3,32})/, inner: false },
  { kind: 'bold', pattern: /\*\*(?=\S)([\s\S]*?\S)\*\*/, inner: true },
  { kind: 'strike', pattern: /~~(?=\S)([\s\S]*?\S)~~/, inner: true },
  { kind: 'italic', pattern: /(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?!\w)|(?<!\w)_(?=\S)([^_\n]*[^\s_])_(?!\w)/, inner: true },
];

export function pieces(text) {
  const found = [];
  let rest = text;
  while (rest) {
    const next = first(rest);
    if (!next) break;
    if (next.match.index > 0) found.push({ kind: 'text', text: rest.slice(0, next.match.index) });
    const inside = next.match[1] ?? next.match[2] ?? next.match[0];
    found.push(next.rule.inner
      ? { kind: next.rule.kind, pieces: pieces(inside) }
      : { kind: next.rule.kind, text: inside });
    rest = rest.slice(next.match.index + next.match[0].length);
  }
  if (rest) found.push({ kind: 'text', text: rest });
  return found;
}

function first(text) {
  let best = null;
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match && (!best || match.index < best.match.index)) best = { rule, match };
  }
  return best;
}

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D]*|\p{Regional_Indicator}{2}|\s){1,12}$/u;

/** A few emoji and nothing else are shown large. */
export const isOnlyEmoji = (text) => ONLY_EMOJI.test(text) && text.trim().length > 0;
