/** What decisions about people share. */
@NullMarked
package app.veza.command.identity;

import org.jspecify.annotations.NullMarked;
