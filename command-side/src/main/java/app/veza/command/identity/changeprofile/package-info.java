/** What others see of a person, changed by them. */
@NullMarked
package app.veza.command.identity.changeprofile;

import org.jspecify.annotations.NullMarked;
