/** People as analysts count them: who came and went, and on which days they did something. */
@NullMarked
package app.veza.projection.analytics.people;

import org.jspecify.annotations.NullMarked;
