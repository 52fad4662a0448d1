package app.veza.projectionengine;

/**
 * What readers would lose if they were led to another edition: events that it has as dead letters, and the one that they see now has passed
 * and has none of.
 *
 * @param events how many there are
 * @param first of them
 */
record Loss(long events, DeadLetter first) {

    /**
     * Why readers are not led to it: its letters can be retried or dropped first.
     *
     * @throws JobFailure of an edition that a job fills, for nobody reaches its letters
     */
    String heldUp(Edition edition) {
        if (edition.generation() > 1) {
            throw new JobFailure(
                    "%s. Readers still see what they saw. Mend what it failed of and rebuild again, or './veza projections rebuild %s --with-dead-letters' leads them over, and the letters can be retried then"
                            .formatted(words(), first.projection()));
        }
        return "version %d is filled, but %s; './veza projections dead-letters retry %s' or 'drop' first"
                .formatted(first.version(), words(), first.projection());
    }

    private String words() {
        return "%d events that are no dead letters in what readers see could not be applied anew, the first is %s at position %d (%s): %s"
                .formatted(
                        events,
                        first.eventType(),
                        first.position(),
                        first.sequenceKey(),
                        first.error() == null ? "it waits behind an earlier one" : first.error());
    }
}
