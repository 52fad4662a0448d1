/** Sessions that may still be used. */
@NullMarked
package app.veza.projection.redis.sessions;

import org.jspecify.annotations.NullMarked;
