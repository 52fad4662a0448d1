/** What the star schema of the analytics database says. */
@NullMarked
package app.veza.query.analytics;

import org.jspecify.annotations.NullMarked;
