/** Reports for analysts: a range of time in, columns and rows out, as JSON or CSV. */
@NullMarked
package app.veza.query.analytics.reports;

import org.jspecify.annotations.NullMarked;
