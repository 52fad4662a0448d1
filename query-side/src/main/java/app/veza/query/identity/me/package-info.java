/** The caller's own profile. */
@NullMarked
package app.veza.query.identity.me;

import org.jspecify.annotations.NullMarked;
