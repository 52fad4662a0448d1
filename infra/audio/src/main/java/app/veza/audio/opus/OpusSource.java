package app.veza.audio.opus;

import java.util.List;

/** Takes a container's bytes as they come and gives the Opus packets in it. Holds one element of it at most. */
interface OpusSource {

    /** @throws UnsupportedAudioException when this cannot be such a container of such audio; nothing is taken after that */
    List<OpusPacket> take(byte[] bytes) throws UnsupportedAudioException;

    /** Null until it has arrived, which is before the first packet. */
    @org.jspecify.annotations.Nullable
    OpusHead head();
}
