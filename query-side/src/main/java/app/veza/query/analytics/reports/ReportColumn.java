package app.veza.query.analytics.reports;

/**
 * @param name of the property in JSON and of the column in CSV
 * @param type {@code instant} (RFC 3339), {@code date}, {@code integer}, {@code number}, {@code id} or {@code text}
 */
record ReportColumn(String name, String type, String description) {}
