package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Shows how far a job is until it has ended. The job itself needs nobody who watches it. */
final class JobFollower {

    private static final long LOOK_MILLIS = 300;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private final UnaryOperator<JsonNode> again;
    private final PrintWriter err;
    private final ProgressBar bar;

    JobFollower(AdminApi api, PrintWriter err) {
        this(
                job -> api.get(ProjectionsCommand.JOBS + "/" + job.path("id").asString(), new AdminApi.Query())
                        .body(),
                err);
    }

    /** @param again a job as it is by now */
    JobFollower(UnaryOperator<JsonNode> again, PrintWriter err) {
        this.again = again;
        this.err = err;
        this.bar = new ProgressBar(err);
    }

    /**
     * @return the job as it ended
     * @throws CommandFailure when it failed, was cancelled, or nobody tells about it any more
     */
    JsonNode follow(JsonNode job) {
        String id = job.path("id").asString();
        err.println("Job %s; Ctrl-C leaves it at work, './veza projections cancel %s' ends it.".formatted(id, id));
        err.flush();
        JsonNode now = job;
        String phase = "";
        String told = "";
        long answeredAt = System.nanoTime();
        while (!hasEnded(now)) {
            String doing = now.path("phase").asString("waiting");
            String heldUp = now.path("error").asString("");
            boolean isNews = !heldUp.isEmpty() && !withoutTimes(heldUp).equals(withoutTimes(told));
            if (isNews) {
                bar.end();
                err.println("It is held up: " + heldUp);
                err.flush();
            }
            told = heldUp;
            if (isNews || !doing.equals(phase)) {
                bar.begin(doing.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + doing.substring(1), 0);
                phase = doing;
            }
            bar.at(now.path("position").asLong(), now.path("to").asLong());
            pause();
            try {
                now = again.apply(now);
                answeredAt = System.nanoTime();
            } catch (AdminApi.Silence silence) {
                // another node goes on with it, or this one when it is back
                if (System.nanoTime() - answeredAt > PATIENCE) {
                    throw silence;
                }
            }
        }
        bar.end();
        if (!"DONE".equals(now.path("state").asString())) {
            throw new CommandFailure("The %s of %s %s."
                    .formatted(
                            JobLines.lower(now.path("kind").asString()),
                            now.path("projection").asString(),
                            "FAILED".equals(now.path("state").asString())
                                    ? "failed: " + now.path("error").asString("")
                                    : "was cancelled"));
        }
        return now;
    }

    /** For how long somebody reads a view is another number at each look, and nothing new. */
    private static String withoutTimes(String heldUp) {
        return heldUp.replaceAll("[0-9.]+", "");
    }

    static boolean hasEnded(JsonNode job) {
        return switch (job.path("state").asString()) {
            case "DONE", "FAILED", "CANCELLED" -> true;
            default -> false;
        };
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted: the job goes on.", e);
        }
    }
}
