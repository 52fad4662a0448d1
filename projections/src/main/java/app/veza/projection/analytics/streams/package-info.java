/** Fact: live audio streams. */
@NullMarked
package app.veza.projection.analytics.streams;

import org.jspecify.annotations.NullMarked;
