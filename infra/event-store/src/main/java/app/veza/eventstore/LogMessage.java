package app.veza.eventstore;

import io.nats.client.impl.Headers;

/** A message of the stream as the server holds it. */
record LogMessage(long sequence, String subject, Headers headers, byte[] body) {}
