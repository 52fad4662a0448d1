/** Messages of the caller's rooms, by their words. */
@NullMarked
package app.veza.query.chat.search;

import org.jspecify.annotations.NullMarked;
