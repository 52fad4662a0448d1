/** Who is in a room. */
@NullMarked
package app.veza.query.chat.members;

import org.jspecify.annotations.NullMarked;
