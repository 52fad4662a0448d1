package app.veza.eventstore;

class R1EventLogContractTest extends EventLogContract {

    @Override
    protected LogServers start() {
        return SingleServer.start(0);
    }

    @Override
    protected LogServers startWithRoomFor(long bytes) {
        return SingleServer.start(bytes);
    }
}
