/** A live stream from the broadcaster's bytes to stored segments, over drops, hanging children and the death of nodes. */
@NullMarked
package app.veza.audio.live;

import org.jspecify.annotations.NullMarked;
