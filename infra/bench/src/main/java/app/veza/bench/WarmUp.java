package app.veza.bench;

import app.veza.bench.http.Load;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** A platform that has just started is loaded before anything is measured: until then it compiles itself with half of the processors. */
public final class WarmUp {

    /** Of as much as is taken. */
    public static final Duration OF_PLATFORM = Duration.ofSeconds(60);

    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final int FEWEST_WINDOWS = 3;
    private static final int MOST_WINDOWS = 12;
    private static final double STILL_FASTER = 1.1;

    private WarmUp() {}

    /** Until it takes no more than before: slow machines need several times as long. */
    static void untilSteady(URI server, int connections, Load.Clients clients)
            throws InterruptedException, ExecutionException {
        Load load = new Load(server, connections, Duration.ZERO, WINDOW, 0);
        double most = 0;
        for (int window = 1; window <= MOST_WINDOWS; window++) {
            double perSecond = load.run(clients).perSecond();
            if (window >= FEWEST_WINDOWS && perSecond < most * STILL_FASTER) {
                return;
            }
            most = Math.max(most, perSecond);
        }
    }
}
