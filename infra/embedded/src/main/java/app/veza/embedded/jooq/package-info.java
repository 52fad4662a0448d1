/** jOOQ's classes for the build, generated from what our SQL makes of a real PostgreSQL. */
@NullMarked
package app.veza.embedded.jooq;

import org.jspecify.annotations.NullMarked;
