/** All that the platform knows of a person, for that person. */
@NullMarked
package app.veza.server.export;

import org.jspecify.annotations.NullMarked;
