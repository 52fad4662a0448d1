package app.veza.bench.audio;

import app.veza.audio.ffmpeg.Ffmpeg;
import app.veza.audio.opus.OggWriter;
import app.veza.audio.opus.OpusHead;
import app.veza.audio.opus.OpusInput;
import app.veza.audio.opus.OpusPacket;
import app.veza.audio.opus.UnsupportedAudioException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a broadcaster sends, a quarter of a second a message: pink noise that swells and gliding tones, which cost an encoder what speech and music do. */
final class Speech {

    static final int CHUNK_MILLIS = 240;
    private static final int SECONDS = 30;
    private static final String SOUND = "anoisesrc=color=pink:amplitude=0.3:duration=%d,tremolo=f=3:d=0.8[n];"
            + "aevalsrc=0.3*sin(2*PI*t*(220+110*sin(t)))*(0.5+0.5*sin(5*t)):d=%d:s=48000[t];[n][t]amix=2";

    private final OpusHead head;
    private final List<List<OpusPacket>> chunks = new ArrayList<>();

    private Speech(OpusHead head) {
        this.head = head;
    }

    static Speech record() throws IOException, InterruptedException {
        Ffmpeg ffmpeg = Ffmpeg.unpacked();
        var builder = new ProcessBuilder(
                ffmpeg.program("ffmpeg").toString(),
                "-v",
                "error",
                "-filter_complex",
                SOUND.formatted(SECONDS, SECONDS),
                "-ac",
                "1",
                "-c:a",
                "libopus",
                "-b:a",
                "64k",
                "-f",
                "ogg",
                "pipe:1");
        builder.environment().put("LD_LIBRARY_PATH", ffmpeg.directory().toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] ogg = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The bench's audio could not be made");
        }
        try {
            var input = new OpusInput();
            List<OpusPacket> packets = input.take(ogg);
            var speech = new Speech(input.head().orElseThrow());
            int inChunk = CHUNK_MILLIS * 48 / packets.getFirst().samples();
            for (int from = 0; from + inChunk <= packets.size(); from += inChunk) {
                speech.chunks.add(packets.subList(from, from + inChunk));
            }
            return speech;
        } catch (UnsupportedAudioException impossible) {
            throw new IllegalStateException("ffmpeg wrote what is no Ogg/Opus", impossible);
        }
    }

    /** The messages of one broadcaster, for ever. */
    Messages messages() {
        return new Messages();
    }

    /** Of one connection, in order. */
    final class Messages {
        private final OggWriter writer = new OggWriter();
        private int next;

        /** The first bears the headers too. */
        byte[] next() {
            byte[] beginning = next == 0 ? writer.begin(head) : new byte[0];
            byte[] pages = writer.pages(chunks.get(next++ % chunks.size()));
            byte[] message = Arrays.copyOf(beginning, beginning.length + pages.length);
            System.arraycopy(pages, 0, message, beginning.length, pages.length);
            return message;
        }
    }
}
