/** Live streams as all nodes together see them: who is on the air, who listens, and the links to listen by. */
@NullMarked
package app.veza.server.streaming;

import org.jspecify.annotations.NullMarked;
