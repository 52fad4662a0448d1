/** People as others see them. */
@NullMarked
package app.veza.projection.replica.people;

import org.jspecify.annotations.NullMarked;
