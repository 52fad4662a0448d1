/** Which messages are the newest of each room, and who has read how far. */
@NullMarked
package app.veza.projection.redis.recentmessages;

import org.jspecify.annotations.NullMarked;
