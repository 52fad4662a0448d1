/** Figures of the sockets: what a connection costs, how fast a message is everywhere, and what many that come back at once do. */
@NullMarked
package app.veza.bench.socket;

import org.jspecify.annotations.NullMarked;
