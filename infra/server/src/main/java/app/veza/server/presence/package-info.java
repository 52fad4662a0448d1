/** Who is there now, on whichever node, and what nodes tell each other that is no history. */
@NullMarked
package app.veza.server.presence;

import org.jspecify.annotations.NullMarked;
