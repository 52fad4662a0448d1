/** Mails that follow from events. */
@NullMarked
package app.veza.reaction.mail;

import org.jspecify.annotations.NullMarked;
