/** Every stream that has not ended. */
@NullMarked
package app.veza.projection.redis.livestreams;

import org.jspecify.annotations.NullMarked;
