/** What moderators, engineers and admins did by their roles, and what they looked at: as events, and for admins to read. */
@NullMarked
package app.veza.server.audit;

import org.jspecify.annotations.NullMarked;
