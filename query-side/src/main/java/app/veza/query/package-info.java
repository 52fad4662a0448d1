/** Views over the read models, one package each: its query, its SQL, its door. */
@NullMarked
package app.veza.query;

import org.jspecify.annotations.NullMarked;
