package app.veza.bench;

import java.time.Duration;

/** How long a platform that has just started is loaded before anything is measured: until then it compiles itself with half of the processors. */
public final class WarmUp {

    /** Of as much as is taken. */
    public static final Duration OF_PLATFORM = Duration.ofSeconds(60);

    private WarmUp() {}
}
