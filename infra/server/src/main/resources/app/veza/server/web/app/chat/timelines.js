import { Timeline } from './timeline.js';

let timelines = new Map();

/** One a room, kept while one is signed in: coming back to a room shows it at once. */
export function timelineOf(roomId) {
  if (!timelines.has(roomId)) timelines.set(roomId, new Timeline(roomId));
  return timelines.get(roomId);
}

export const openTimelines = () => timelines;

export function forgetTimeline(roomId) {
  timelines.delete(roomId);
}

export function forgetTimelines() {
  timelines = new Map();
}
