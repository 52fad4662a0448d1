/** One file of a message. */
@NullMarked
package app.veza.query.chat.attachment;

import org.jspecify.annotations.NullMarked;
