package app.veza.server.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** A certificate that signs itself, for this machine's own names: who is to trust it is told its file. Made by the JDK's keytool. */
final class DevelopmentCertificate {

    /** Browsers take none that is good for longer. */
    private static final String DAYS = "397";

    private static final Duration AHEAD = Duration.ofDays(30);
    private static final String ALIAS = "veza";

    /** Of a store that lives for a moment, in a directory that is its owner's alone. */
    private static final String PASSWORD = "changeit";

    private DevelopmentCertificate() {}

    static void renew(TlsFiles files) {
        try {
            if (!isGood(files)) {
                make(files);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CommandFailure(
                    "The certificate %s cannot be made (%s): remove the directory that it is in and try again."
                            .formatted(files.certificate(), e.getMessage()),
                    e);
        }
    }

    private static boolean isGood(TlsFiles files) throws IOException, GeneralSecurityException {
        if (!Files.exists(files.certificate()) || !Files.exists(files.privateKey())) {
            return false;
        }
        try (InputStream pem = Files.newInputStream(files.certificate())) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(AHEAD));
        }
    }

    private static void make(TlsFiles files) throws IOException, GeneralSecurityException {
        Path store = files.certificate().resolveSibling("new.p12");
        Files.deleteIfExists(store);
        try {
            keytool(store);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Files.readAllBytes(store)), PASSWORD.toCharArray());
            PrivateFile.write(
                    files.privateKey(),
                    pem(
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
            PrivateFile.write(
                    files.certificate(),
                    pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        } finally {
            Files.deleteIfExists(store);
        }
    }

    private static void keytool(Path store) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-validity",
                DAYS,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,ip:0:0:0:0:0:0:0:1",
                "-ext",
                "ku:c=digitalSignature",
                "-ext",
                "eku=serverAuth",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] pem(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(what, lines)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
