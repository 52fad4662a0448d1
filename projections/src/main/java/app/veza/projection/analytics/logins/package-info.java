/** Fact: attempts to log in. */
@NullMarked
package app.veza.projection.analytics.logins;

import org.jspecify.annotations.NullMarked;
