/** Getting an address to upload a file to. */
@NullMarked
package app.veza.command.chat.offerupload;

import org.jspecify.annotations.NullMarked;
