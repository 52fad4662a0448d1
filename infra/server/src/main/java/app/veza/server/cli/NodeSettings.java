package app.veza.server.cli;

import app.veza.server.node.MasterKeySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Writes what a node reads at its start: where the stores are, where to listen, where its own files lie. */
final class NodeSettings {

    private static final int KEY_BYTES = 32;

    private NodeSettings() {}

    /** Returns the file, which only its owner can read. */
    static Path write(LaunchPlan plan, NodeAddress node, Map<String, String> stores) {
        DataDirectory data = plan.data();
        Properties settings = new Properties();
        settings.putAll(stores);
        settings.setProperty("veza.node-id", node.name());
        settings.setProperty("veza.http.port", Integer.toString(node.httpPort()));
        settings.setProperty("veza.gateway.port", Integer.toString(node.gatewayPort()));
        // One for all nodes: tokens name it as their issuer
        settings.setProperty("veza.public-url", plan.addresses().getFirst().http());
        settings.setProperty("veza.nodes", Integer.toString(plan.nodes()));
        settings.setProperty("veza.keys-directory", keys(data).toString());
        settings.setProperty("veza.gateway-url", node.gateway());
        settings.setProperty(
                "veza.data-directory", data.nodes().resolve(node.name()).toString());
        settings.setProperty("veza.platform-key-file", platformKey(data).toString());
        settings.setProperty("veza.operator-token-file", operatorToken(data).toString());
        TlsFiles tls = plan.tls();
        if (tls != null) {
            settings.setProperty("veza.tls.certificate", tls.certificate().toString());
            settings.setProperty("veza.tls.private-key", tls.privateKey().toString());
        }
        masterKey(data, stores).ifPresent(file -> settings.setProperty(MasterKeyFile.KEY, file.toString()));
        settings.setProperty("logging.file.name", log(data, node).toString());
        settings.setProperty("logging.threshold.console", "off");
        Path file = data.run().resolve(node.name() + ".properties");
        PrivateFile.write(file, render(settings));
        return file;
    }

    /** Kept below its bound by the node itself, which starts a new one every 10 MB. */
    static Path log(DataDirectory data, NodeAddress node) {
        return data.logs().resolve(node.name() + ".log");
    }

    /** Chosen once: keyed hashes of names and command ids in the log stay comparable for ever. */
    private static Path platformKey(DataDirectory data) {
        Path file = data.platformKey();
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            PrivateFile.write(file, key);
        }
        return file;
    }

    /** Of all nodes. A single node kept its keys among its own files before there could be several. */
    private static Path keys(DataDirectory data) {
        Path former = data.nodes().resolve("node-1").resolve("keys");
        try {
            if (Files.isDirectory(former) && !Files.exists(data.keys())) {
                Files.move(former, data.keys());
            }
            return data.keys();
        } catch (IOException e) {
            throw PrivateFile.unwritable(data.keys(), e);
        }
    }

    /** As text, for a header to bear it. */
    private static Path operatorToken(DataDirectory data) {
        Path file = data.operatorToken();
        if (!Files.exists(file)) {
            byte[] token = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(token);
            PrivateFile.write(file, Base64.getUrlEncoder().withoutPadding().encode(token));
        }
        return file;
    }

    /** Empty when the environment holds the key; the data directory's own file is made at the first start. */
    private static Optional<Path> masterKey(DataDirectory data, Map<String, String> stores) {
        if (MasterKeySource.isInEnvironment()) {
            return Optional.empty();
        }
        MasterKeyFile file = MasterKeyFile.of(data, stores);
        file.createIfOwn();
        return Optional.of(file.path());
    }

    private static byte[] render(Properties settings) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            settings.store(text, "Written by the launcher at every start");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
