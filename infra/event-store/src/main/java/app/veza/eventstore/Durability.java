package app.veza.eventstore;

/** What an acknowledged event survives. The NATS server is set up accordingly; the log states it. */
public enum Durability {
    /** The death of the NATS process (kill -9), not that of the machine: the server's default {@code sync_interval}. */
    PROCESS,
    /** Loss of power: the server runs with {@code sync_interval: always}. */
    POWER
}
