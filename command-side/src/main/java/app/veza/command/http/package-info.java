/** What all doors of commands share: who calls, under which key, what is valid input, how answers look. */
@NullMarked
package app.veza.command.http;

import org.jspecify.annotations.NullMarked;
