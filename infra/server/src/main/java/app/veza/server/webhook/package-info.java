/** Sends webhooks what they are told: the parts of several modules, put together. */
@NullMarked
package app.veza.server.webhook;

import org.jspecify.annotations.NullMarked;
