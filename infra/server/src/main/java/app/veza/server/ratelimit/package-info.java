/** How often who may ask for what, and whose address a request really comes from. */
@NullMarked
package app.veza.server.ratelimit;

import org.jspecify.annotations.NullMarked;
