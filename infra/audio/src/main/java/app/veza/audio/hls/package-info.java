/** LL-HLS (RFC 8216bis): parts, segments, the live edge and its playlists. */
@NullMarked
package app.veza.audio.hls;

import org.jspecify.annotations.NullMarked;
