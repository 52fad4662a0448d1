/**
 * A WebSocket server of its own: connections, frames, topics. It knows principals and subscribers and nothing of what
 * they are about; whoever embeds it supplies routes, an {@link app.veza.gateway.Authenticator} and handlers.
 */
@NullMarked
package app.veza.gateway;

import org.jspecify.annotations.NullMarked;
