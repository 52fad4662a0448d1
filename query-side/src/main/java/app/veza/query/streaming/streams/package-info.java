/** Live audio streams, past and present. */
@NullMarked
package app.veza.query.streaming.streams;

import org.jspecify.annotations.NullMarked;
