package app.veza.audio.hls;

import java.util.List;

/**
 * A part of a segment in every rendition.
 *
 * @param data by rendition
 */
record Part(int samples, List<byte[]> data) {}
