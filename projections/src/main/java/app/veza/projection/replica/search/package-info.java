/** The words by which messages are found. */
@NullMarked
package app.veza.projection.replica.search;

import org.jspecify.annotations.NullMarked;
