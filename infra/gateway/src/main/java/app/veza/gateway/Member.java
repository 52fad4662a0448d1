package app.veza.gateway;

/** A socket as its shard sees it, before and after the upgrade; touched on the shard's loop only. */
interface Member {
    /** Place in the shard's list, kept by the shard, so that leaving costs no search. */
    int index();

    void index(int index);

    /** Looks whether anything has timed out. */
    void sweep(long now);

    /** The gateway stops: end, in the way that the peer understands. */
    void drain();

    /** The gateway stops: end now. */
    void abort();
}
