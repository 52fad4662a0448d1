/** Who may not be in a room. */
@NullMarked
package app.veza.query.chat.bans;

import org.jspecify.annotations.NullMarked;
