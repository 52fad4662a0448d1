/** What the caller was told of. */
@NullMarked
package app.veza.query.notification.inbox;

import org.jspecify.annotations.NullMarked;
