/** What a broadcaster sends: Opus packets out of WebM or Ogg, of which nothing reaches a decoder unseen. */
@NullMarked
package app.veza.audio.opus;

import org.jspecify.annotations.NullMarked;
