/** What is said over this node's sockets: who they belong to, which frames they take, and the rooms they follow. */
@NullMarked
package app.veza.server.gateway;

import org.jspecify.annotations.NullMarked;
