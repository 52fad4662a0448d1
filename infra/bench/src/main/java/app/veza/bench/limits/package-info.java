/** What rate limits cost a request. */
@NullMarked
package app.veza.bench.limits;

import org.jspecify.annotations.NullMarked;
