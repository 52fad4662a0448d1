/** The shapes of API.md that several views answer with. */
@NullMarked
package app.veza.query.shape;

import org.jspecify.annotations.NullMarked;
