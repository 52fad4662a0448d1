/** Events as JSON: names and revisions to records and back. */
@NullMarked
package app.veza.eventstore.json;

import org.jspecify.annotations.NullMarked;
