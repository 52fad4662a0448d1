package app.veza.command.streaming.resumestream;

import java.util.UUID;

/**
 * The broadcaster of an interrupted stream is back.
 *
 * @param silenceMillis what listeners heard of the interruption
 */
public record ResumeStream(UUID streamId, int silenceMillis) {}
