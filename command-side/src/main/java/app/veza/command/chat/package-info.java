/** What decisions about rooms share. */
@NullMarked
package app.veza.command.chat;

import org.jspecify.annotations.NullMarked;
