/** What projectors share: events of a batch by type, and rows that are written as arrays. */
@NullMarked
package app.veza.projection.rows;

import org.jspecify.annotations.NullMarked;
