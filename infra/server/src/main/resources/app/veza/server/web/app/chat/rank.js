const RANKS = ['member', 'moderator', 'owner'];

/** The role as which one looks after a room's people: a moderator of the platform is to public rooms what an owner is. */
export const looksAfterAs = (room, me) =>
  (room.visibility === 'public' && me.roles?.includes('moderator') ? 'owner' : room.role);

export const isModerator = (role) => RANKS.indexOf(role) > 0;

export const ranksAbove = (role, other) => RANKS.indexOf(role) > RANKS.indexOf(other);
