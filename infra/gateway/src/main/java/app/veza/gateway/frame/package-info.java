/**
 * The protocol of JSON frames over a connection: {@code {id, type, ...}} in, exactly one reply with the same {@code id}
 * out, whatever happens in between.
 */
@NullMarked
package app.veza.gateway.frame;

import org.jspecify.annotations.NullMarked;
