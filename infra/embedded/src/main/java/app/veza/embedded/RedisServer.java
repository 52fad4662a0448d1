package app.veza.embedded;

import java.util.Map;

/** Redis 7.0 on the loopback address: append-only file, no eviction. */
public final class RedisServer implements EmbeddedServer {

    private final ServerDirectory directory;
    private final int port;
    private final String password;
    private final ServerProcess process;

    private RedisServer(ServerDirectory directory, int port, String password) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        var binary = RedisLaunch.binary(ToolCache.ofUser(directory.path()));
        this.process = new ServerProcess(new RedisLaunch(directory.path(), port, password, binary));
    }

    public static RedisServer start(RedisServerOptions options) {
        var directory = ServerDirectory.of(options.directory(), RedisLaunch.NAME);
        var secrets = RememberedProperties.in(directory.resolve("secrets.properties"));
        var server =
                new RedisServer(directory, Ports.orFree(options.port()), secrets.get("password", Secrets::generate));
        server.process.start();
        return server;
    }

    public String url() {
        return "redis://:" + password + "@" + Ports.HOST + ":" + port + "/0";
    }

    public String password() {
        return password;
    }

    public Map<String, String> properties() {
        return Map.of("veza.redis.url", url());
    }

    @Override
    public String name() {
        return RedisLaunch.NAME;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        process.restart();
    }

    @Override
    public void supervised(boolean on) {
        process.supervised(on);
    }

    @Override
    public void close() {
        process.stop();
        directory.deleteIfTemporary();
    }
}
