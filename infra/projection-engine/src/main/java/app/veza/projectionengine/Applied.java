package app.veza.projectionengine;

/**
 * @param moved false: the checkpoint was not the expected one, and nothing happened
 * @param deadLetters how many the projection has now
 */
record Applied(boolean moved, int handled, long deadLetters) {
    static final Applied NOTHING = new Applied(false, 0, 0);
}
