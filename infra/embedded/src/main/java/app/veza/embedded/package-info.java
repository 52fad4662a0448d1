/** The real servers that Veza stands on, started as child processes for a machine that has none of them. */
@NullMarked
package app.veza.embedded;

import org.jspecify.annotations.NullMarked;
