package app.veza.gateway;

/** What another thread sends, on its way through the shard's queue. */
final class Outgoing {
    private Outgoing() {}

    record Text(OutboundConnection connection, byte[] utf8) implements LoopTask {
        @Override
        public void run() {
            connection.unreserve(utf8.length);
            connection.write(EncodedFrame.textBytes(utf8));
        }
    }

    record Shared(OutboundConnection connection, EncodedFrame frame) implements LoopTask {
        @Override
        public void run() {
            connection.unreserve(frame.size());
            connection.write(frame.duplicate());
            frame.release();
        }

        @Override
        public void discard() {
            frame.release();
        }
    }
}
