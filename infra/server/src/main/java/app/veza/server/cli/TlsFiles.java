package app.veza.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What both ports present to clients. Nodes read the files anew when they change.
 *
 * @param certificate PEM, with the chain behind it
 * @param privateKey PEM, PKCS#8
 */
record TlsFiles(Path certificate, Path privateKey) {

    /** @throws CommandFailure when one of them cannot be read */
    static TlsFiles of(Path certificate, Path privateKey) {
        for (Path file : new Path[] {certificate, privateKey}) {
            if (!Files.isReadable(file)) {
                throw new CommandFailure("%s cannot be read: name a PEM file.".formatted(file));
            }
        }
        return new TlsFiles(certificate.toAbsolutePath(), privateKey.toAbsolutePath());
    }

    /** The data directory's own, made for this machine and made anew a month before it expires. */
    static TlsFiles ofDevelopment(DataDirectory data) {
        data.prepare();
        Path directory = data.root().resolve("tls");
        TlsFiles files = new TlsFiles(directory.resolve("certificate.pem"), directory.resolve("private-key.pem"));
        try {
            PrivateFile.directory(directory);
        } catch (IOException e) {
            throw PrivateFile.unwritable(directory, e);
        }
        DevelopmentCertificate.renew(files);
        return files;
    }
}
