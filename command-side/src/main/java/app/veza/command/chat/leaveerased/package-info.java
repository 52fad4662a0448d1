/** What becomes of the rooms of a person who was erased. */
@NullMarked
package app.veza.command.chat.leaveerased;

import org.jspecify.annotations.NullMarked;
