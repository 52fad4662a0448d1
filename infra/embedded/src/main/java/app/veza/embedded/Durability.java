package app.veza.embedded;

/** What an acknowledged write survives. */
public enum Durability {
    /** kill -9 of the process: it is in the operating system's page cache. */
    PROCESS,
    /** loss of power: it was synchronised to the disk before it was acknowledged. */
    POWER
}
