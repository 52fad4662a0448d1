package app.veza.audio.ffmpeg;

import app.veza.audio.hls.FragmentReader;
import app.veza.audio.hls.Rendition;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One ffmpeg child: Ogg/Opus in, AAC of each rendition out, loudness beside. Its own threads read; who writes may be blocked by it. */
public final class LiveEncoder {

    private static final Logger log = LoggerFactory.getLogger(LiveEncoder.class);

    /**
     * Dynamics, lightly: above -18 dB two to one, what that takes from loud passages given back to all, and no sample above -0.45 dB.
     * Loudness is measured behind them, ten times a second over 400 ms (EBU R128, momentary).
     */
    private static final String FILTERS = "[0:a:0]aresample=48000,aformat=sample_fmts=fltp:channel_layouts=stereo,"
            + "acompressor=threshold=0.125:ratio=2:attack=20:release=250:makeup=1.4,"
            + "alimiter=limit=0.95:level=0,asplit=%d%s[m];"
            + "[m]ebur128=metadata=1:framelog=quiet,"
            + "ametadata=print:key=lavfi.r128.M:file='pipe\\:2':direct=1,anullsink";

    private static final String LOUDNESS = "lavfi.r128.M=";
    private static final int STACK_BYTES = 256 * 1024;
    private static final int MOST_LOGGED = 20;

    private final Process process;
    private final Output output;
    private final AtomicInteger logged = new AtomicInteger();

    /** What comes out; called on the encoder's threads. */
    public interface Output extends FragmentReader.Content {
        /** @param lufs of the last 400 ms, ten times a second of audio */
        void loudness(double lufs);

        /** Nothing more comes. @param code of its exit; 0 after the input was closed */
        void ended(int code);
    }

    private LiveEncoder(Process process, Output output) {
        this.process = process;
        this.output = output;
    }

    /** @throws FfmpegException when neither a process nor a thread more can be had */
    public static LiveEncoder start(Sandbox sandbox, List<Rendition> renditions, Output output) {
        Process process = sandbox.start("ffmpeg", arguments(renditions), Sandbox.Limits.live());
        var encoder = new LiveEncoder(process, output);
        encoder.thread("veza-audio-log-", encoder::readLog);
        encoder.thread("veza-audio-frames-", encoder::readFrames);
        return encoder;
    }

    /** Has a thread of its own {@link #write}. @throws FfmpegException when there is none to be had: the child is gone then */
    public void feed(Runnable writing) {
        thread("veza-audio-feed-", writing);
    }

    /** Ogg/Opus, from its beginning. Blocks while the child does not read. @throws IOException when it is gone */
    public void write(byte[] ogg) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(ogg);
        in.flush();
    }

    /** Lets it write what it has, and end. */
    public void finish() throws IOException {
        process.getOutputStream().close();
    }

    public void kill() {
        process.destroyForcibly();
    }

    public long pid() {
        return process.pid();
    }

    private static List<String> arguments(List<Rendition> renditions) {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("-hide_banner", "-nostdin", "-v", "error"));
        // One demuxer, one decoder, pipes alone; known at once what it is, and nothing waited for
        arguments.addAll(List.of("-protocol_whitelist", "pipe", "-f", "ogg", "-codec_whitelist", "opus"));
        arguments.addAll(List.of("-probesize", "4096", "-analyzeduration", "0", "-fflags", "nobuffer"));
        arguments.addAll(List.of("-threads", "1", "-c:a", "opus", "-i", "pipe:0"));
        var labels = new StringBuilder();
        for (int i = 0; i < renditions.size(); i++) {
            labels.append("[r").append(i).append(']');
        }
        arguments.addAll(List.of("-filter_complex_threads", "1"));
        arguments.addAll(List.of("-filter_complex", FILTERS.formatted(renditions.size() + 1, labels)));
        for (int i = 0; i < renditions.size(); i++) {
            arguments.addAll(List.of(
                    "-map",
                    "[r" + i + "]",
                    "-b:a:" + i,
                    String.valueOf(renditions.get(i).bitsPerSecond())));
        }
        arguments.addAll(List.of("-c:a", "aac", "-aac_coder", "fast", "-threads", "1"));
        arguments.addAll(List.of("-f", "mp4", "-movflags", "+empty_moov+default_base_moof"));
        arguments.addAll(List.of("-frag_duration", "100000", "-flush_packets", "1", "pipe:1"));
        return arguments;
    }

    private void thread(String name, Runnable work) {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .name(name, process.pid())
                    .stackSize(STACK_BYTES)
                    .start(work);
        } catch (OutOfMemoryError noThread) {
            // What Java throws at the limit of processes; a child that nobody reads stands still
            kill();
            throw new FfmpegException("No thread can be started for ffmpeg.", noThread);
        }
    }

    private void readFrames() {
        try (var in = new BufferedInputStream(process.getInputStream(), 16 * 1024)) {
            new FragmentReader(in).readAll(output);
        } catch (IOException broken) {
            log.warn("Encoder {} ended within a fragment: {}", pid(), broken.toString());
        } catch (RuntimeException failure) {
            log.error("What encoder {} gives cannot be used", pid(), failure);
        } finally {
            output.ended(exitCode());
        }
    }

    /** Whoever gives nothing more has nothing left to do. */
    private int exitCode() {
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Read to its end in any case: a child whose pipe is full stands still. */
    private void readLog() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(LOUDNESS)) {
                    loudness(line.substring(LOUDNESS.length()));
                } else if (!line.startsWith("frame:") && logged.getAndIncrement() < MOST_LOGGED) {
                    log.info("Encoder {}: {}", pid(), line);
                }
            }
        } catch (IOException broken) {
            log.debug("The log of encoder {} broke off", pid(), broken);
        }
    }

    private void loudness(String value) {
        try {
            output.loudness(Double.parseDouble(value));
        } catch (NumberFormatException notANumber) {
            log.debug("Encoder {} measured {}", pid(), value, notANumber);
        }
    }
}
