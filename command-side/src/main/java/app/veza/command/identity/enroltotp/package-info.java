/** Getting a secret for codes that change with the time. */
@NullMarked
package app.veza.command.identity.enroltotp;

import org.jspecify.annotations.NullMarked;
