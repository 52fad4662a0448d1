/** The newest messages of each room. */
@NullMarked
package app.veza.projection.redis.recentmessages;

import org.jspecify.annotations.NullMarked;
