package app.veza.command.identity.token;

import app.veza.command.CommandSideConfig;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * RS256 keys of access tokens, one JWK file each, readable by the owner alone. The newest signs; the others verify for as
 * long as their files lie there. The first is made when there is none.
 */
@Component
public final class SigningKeys {

    private static final int RSA_BITS = 2048;
    private static final String SUFFIX = ".jwk.json";

    private final List<RSAKey> newestFirst;

    @Autowired
    public SigningKeys(CommandSideConfig config) {
        this(config.keysDirectory());
    }

    SigningKeys(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            this.newestFirst = loadOrCreate(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Signing keys in " + directory, e);
        }
    }

    /** The key that signs, with its private part. */
    RSAKey current() {
        return newestFirst.getFirst();
    }

    /** All keys that verify, without any private part. */
    public JWKSet publicKeys() {
        return new JWKSet(List.copyOf(newestFirst)).toPublicJWKSet();
    }

    /** Several nodes may start on one directory at once: only one makes the first key. */
    private static List<RSAKey> loadOrCreate(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            List<RSAKey> keys = load(directory);
            if (keys.isEmpty()) {
                RSAKey first = generate();
                store(first, directory);
                keys.add(first);
            }
            keys.sort(Comparator.comparing(RSAKey::getIssueTime).reversed());
            return List.copyOf(keys);
        }
    }

    private static List<RSAKey> load(Path directory) throws IOException {
        List<RSAKey> keys = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                keys.add(parse(file));
            }
        }
        return keys;
    }

    private static RSAKey parse(Path file) throws IOException {
        RSAKey key;
        try {
            key = RSAKey.parse(Files.readString(file));
        } catch (ParseException e) {
            // Without its cause, whose text may hold a part of the key
            throw new IOException(file + " is not an RSA key in JWK format");
        }
        if (!key.isPrivate() || key.getKeyID() == null || key.getIssueTime() == null || key.size() < RSA_BITS) {
            throw new IOException(file + " needs a private RSA key of 2048 bits or more, with kid and iat");
        }
        return key;
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(RSA_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .issueTime(new Date())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("No RSA key could be made", e);
        }
    }

    /** Written aside and moved: a crash leaves no half key. */
    private static void store(RSAKey key, Path directory) throws IOException {
        Path temporary = Files.createTempFile(
                directory,
                "new-",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, key.toJSONString());
        Files.move(temporary, directory.resolve(key.getKeyID() + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }
}
