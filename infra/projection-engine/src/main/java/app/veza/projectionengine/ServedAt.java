package app.veza.projectionengine;

/** The edition that readers see, and where it is. */
record ServedAt(Edition edition, long position) {}
