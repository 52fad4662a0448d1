package app.veza.eventstore;

class R3EventLogContractTest extends EventLogContract {

    @Override
    protected LogServers start() {
        return ServerCluster.start(0);
    }

    @Override
    protected LogServers startWithRoomFor(long bytes) {
        return ServerCluster.start(bytes);
    }
}
