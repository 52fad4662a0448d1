/** Fact: messages sent. */
@NullMarked
package app.veza.projection.analytics.messages;

import org.jspecify.annotations.NullMarked;
