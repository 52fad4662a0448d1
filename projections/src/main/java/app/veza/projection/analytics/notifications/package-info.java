/** Notifications, and whether and how fast they reached people. */
@NullMarked
package app.veza.projection.analytics.notifications;

import org.jspecify.annotations.NullMarked;
