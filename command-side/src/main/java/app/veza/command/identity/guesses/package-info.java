/** What becomes of passwords and codes that are guessed, whichever door they come to. */
@NullMarked
package app.veza.command.identity.guesses;

import org.jspecify.annotations.NullMarked;
