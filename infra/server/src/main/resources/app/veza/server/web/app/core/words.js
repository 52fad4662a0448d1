/** Times and numbers as people say them. */
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const DAY_MS = 86_400_000;

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
const daysAgo = (date) => Math.round((midnight(new Date()) - midnight(date)) / DAY_MS);

export const clock = (instant) => time.format(new Date(instant));
export const fully = (instant) => whole.format(new Date(instant));

export function dayName(instant) {
  const date = new Date(instant);
  const ago = daysAgo(date);
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  return date.getFullYear() === new Date().getFullYear() ? day.format(date) : dayOfYear.format(date);
}

export const isSameDay = (one, two) => midnight(new Date(one)) === midnight(new Date(two));

/** Today a time, else a date. */
export function briefly(instant) {
  const date = new Date(instant);
  return daysAgo(date) === 0 ? time.format(date) : short.format(date);
}

export function lastSeen(instant) {
  if (!instant) return 'Offline';
  const minutes = Math.floor((Date.now() - new Date(instant).getTime()) / 60_000);
  if (minutes < 1) return 'Last seen just now';
  if (minutes < 60) return `Last seen ${minutes} min ago`;
  const date = new Date(instant);
  const ago = daysAgo(date);
  if (ago === 0) return `Last seen at ${time.format(date)}`;
  return ago === 1 ? `Last seen yesterday at ${time.format(date)}` : `Last seen on ${short.format(date)}`;
}

export function bytes(size) {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${Math.round(size / 1000)} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

export const counted = (count, one, many = `${one}s`) => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** "Ana", "Ana and Ben", "Ana, Ben and 3 others". */
export function named(names, most = 2) {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(', ')} and ${counted(names.length - most, 'other')}`;
}

/** 75 -> "1:15". */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part, i) => (i === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
