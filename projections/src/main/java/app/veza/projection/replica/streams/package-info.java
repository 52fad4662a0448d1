/** Live audio streams and their state. */
@NullMarked
package app.veza.projection.replica.streams;

import org.jspecify.annotations.NullMarked;
