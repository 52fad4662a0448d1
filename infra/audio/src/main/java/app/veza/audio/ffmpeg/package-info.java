/** The ffmpeg executables of the Maven artifact, as child processes that may do little. */
@NullMarked
package app.veza.audio.ffmpeg;

import org.jspecify.annotations.NullMarked;
