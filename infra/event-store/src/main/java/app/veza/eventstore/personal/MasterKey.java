package app.veza.eventstore.personal;

/**
 * Wraps the keys of data subjects: what lies in the database is of no use without it. A key management service is one
 * implementation; {@link AesMasterKey} is a key of this process. Thread-safe.
 */
public interface MasterKey {

    /** Stored beside everything that it wrapped; another key has another id. */
    String id();

    /**
     * @param context what the wrapped key is bound to; the same bytes must come with {@link #unwrap}
     * @throws KeysUnavailableException when it cannot be done now
     */
    byte[] wrap(byte[] dataKey, byte[] context);

    /**
     * @throws KeysUnavailableException when it cannot be done now
     * @throws IllegalArgumentException when this key did not wrap it in this context
     */
    byte[] unwrap(byte[] wrapped, byte[] context);
}
