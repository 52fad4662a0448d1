/** What people, and programs of theirs, are told. */
@NullMarked
package app.veza.command.notification;

import org.jspecify.annotations.NullMarked;
