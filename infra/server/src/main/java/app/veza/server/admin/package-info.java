/** What engineers see of the log over HTTP: {@code /api/admin/**}, for the role {@code engineer} and the operator's token. */
@NullMarked
package app.veza.server.admin;

import org.jspecify.annotations.NullMarked;
