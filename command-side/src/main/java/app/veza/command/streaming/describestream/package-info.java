/** Saying what a stream is about and what is heard. */
@NullMarked
package app.veza.command.streaming.describestream;

import org.jspecify.annotations.NullMarked;
