package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param directory objects and secrets; null: a temporary one, deleted by close
 * @param port 0: a free one, kept over restarts of this instance
 * @param bucket created when it is not there
 */
public record S3ServerOptions(@Nullable Path directory, int port, String bucket) {

    public static S3ServerOptions temporary() {
        return new S3ServerOptions(null, 0, "veza");
    }

    public static S3ServerOptions in(Path directory) {
        return new S3ServerOptions(directory, 0, "veza");
    }

    public S3ServerOptions withPort(int port) {
        return new S3ServerOptions(directory, port, bucket);
    }
}
