/** Erasure of people: carried out over the stores, and certified place by place. */
@NullMarked
package app.veza.server.erasure;

import org.jspecify.annotations.NullMarked;
