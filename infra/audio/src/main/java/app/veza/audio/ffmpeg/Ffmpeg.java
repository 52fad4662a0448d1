package app.veza.audio.ffmpeg;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The executables of the artifact, unpacked once a machine. */
public final class Ffmpeg {

    /** Part of the directory's name: a new artifact, or another treatment of it, must not find the old one's files. */
    private static final String VERSION = "8.1.2-1.5.14-1";

    private static final String RESOURCES = "/org/bytedeco/ffmpeg/linux-x86_64/";
    private static final String DEVICES = "libavdevice.so.62";
    private static final Set<String> UNWANTED =
            Set.of("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0");
    private static final List<String> FILES = List.of(
            "ffmpeg",
            "ffprobe",
            DEVICES,
            "libavfilter.so.11",
            "libavformat.so.62",
            "libavcodec.so.62",
            "libswresample.so.6",
            "libswscale.so.9",
            "libavutil.so.60",
            "libdrm.so.2",
            "libva.so.2",
            "libva-drm.so.2");

    private final Path directory;

    private Ffmpeg(Path directory) {
        this.directory = directory;
    }

    /** $XDG_CACHE_HOME/veza or ~/.cache/veza. @throws FfmpegException when it cannot be written, or this is another kind of machine */
    public static Ffmpeg unpacked() {
        return unpackedIn(Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("veza")
                .toAbsolutePath());
    }

    /** @param cache where it is kept for the next start */
    public static Ffmpeg unpackedIn(Path cache) {
        if (!System.getProperty("os.name").equals("Linux")
                || !System.getProperty("os.arch").equals("amd64")) {
            throw new FfmpegException(
                    "Live audio runs on Linux on x86-64 only: start this node without the role gateway.");
        }
        Path target = cache.resolve("ffmpeg-" + VERSION);
        try {
            if (!Files.isDirectory(target)) {
                Files.createDirectories(cache);
                unpack(cache, target);
            }
            return new Ffmpeg(target);
        } catch (IOException e) {
            throw new FfmpegException(
                    "ffmpeg cannot be unpacked into " + target + " (" + e.getMessage()
                            + "): make room there, or name another directory in XDG_CACHE_HOME.",
                    e);
        }
    }

    /** It needs {@link #directory} as its library path. */
    public Path program(String name) {
        return directory.resolve(name);
    }

    public Path directory() {
        return directory;
    }

    /** The monitor: file locks do not exclude threads of one process. */
    private static synchronized void unpack(Path cache, Path target) throws IOException {
        try (var channel = FileChannel.open(
                        cache.resolve("ffmpeg.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid() || Files.isDirectory(target)) {
                return;
            }
            Path fresh = Files.createTempDirectory(cache, ".ffmpeg-");
            try {
                for (String file : FILES) {
                    Path copy = fresh.resolve(file);
                    Files.write(copy, content(file));
                    Files.setPosixFilePermissions(
                            copy, PosixFilePermissions.fromString(file.contains(".so") ? "rw-r--r--" : "rwxr-xr-x"));
                }
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(fresh, target);
            } finally {
                deleteRecursively(fresh);
            }
        }
    }

    private static byte[] content(String file) throws IOException {
        try (InputStream in = Ffmpeg.class.getResourceAsStream(RESOURCES + file)) {
            if (in == null) {
                throw new FileNotFoundException("the class path has no " + RESOURCES + file);
            }
            byte[] bytes = in.readAllBytes();
            if (file.equals(DEVICES)) {
                SharedObject.forget(bytes, UNWANTED);
            }
            return bytes;
        }
    }

    private static void deleteRecursively(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
