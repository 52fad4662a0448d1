/** Letting a broadcaster send audio. */
@NullMarked
package app.veza.command.streaming.admitbroadcaster;

import org.jspecify.annotations.NullMarked;
