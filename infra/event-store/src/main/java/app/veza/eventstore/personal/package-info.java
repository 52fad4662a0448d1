/** Personal fields of events: encrypted with a key for each data subject, unreadable everywhere once that key is gone. */
@NullMarked
package app.veza.eventstore.personal;

import org.jspecify.annotations.NullMarked;
