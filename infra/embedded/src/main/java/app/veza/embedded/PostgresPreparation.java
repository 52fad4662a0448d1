package app.veza.embedded;

/** What makes a cluster ready to be started. */
sealed interface PostgresPreparation permits PrimaryPreparation, ReplicaPreparation {

    /** Before each start: the data is there and fit, the configuration written. */
    void beforeStart();

    /** After each start. */
    void afterStart();

    /** After a failed start: whether something was done that makes another try worth while. */
    boolean repair();
}
