/** Live audio: broadcasters that send in real time, and listeners that wait for each part. */
@NullMarked
package app.veza.bench.audio;

import org.jspecify.annotations.NullMarked;
