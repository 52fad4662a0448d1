/** Given events, then rows: what tests of projections, and of what reads them, start from. */
@NullMarked
package app.veza.projection.kit;

import org.jspecify.annotations.NullMarked;
