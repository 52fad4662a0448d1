/** Live audio on this node: broadcasters' sockets, what becomes of their streams in the log, and what listeners' players fetch. */
@NullMarked
package app.veza.server.live;

import org.jspecify.annotations.NullMarked;
