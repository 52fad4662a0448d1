/** What people were told of, and what they want to be told of. */
@NullMarked
package app.veza.projection.replica.inbox;

import org.jspecify.annotations.NullMarked;
