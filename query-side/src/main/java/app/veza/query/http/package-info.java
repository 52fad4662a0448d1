/** What every read has in common: position, pages, problems, entity tags. */
@NullMarked
package app.veza.query.http;

import org.jspecify.annotations.NullMarked;
