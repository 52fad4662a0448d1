/** Other people: one, or those whose name begins so. */
@NullMarked
package app.veza.query.identity.users;

import org.jspecify.annotations.NullMarked;
