/** Opening the one room that two people have with each other. */
@NullMarked
package app.veza.command.chat.opendirectroom;

import org.jspecify.annotations.NullMarked;
