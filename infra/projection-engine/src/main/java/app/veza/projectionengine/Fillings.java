package app.veza.projectionengine;

/** What rebuilds and replays do. Both go on where they were interrupted, for their position is in what they fill. */
final class Fillings {
    private Fillings() {}

    /** Follows the log until the readers are led to it; then the live runners find it, and this one ends. */
    static void rebuild(JobRun run, Projection projection, JobTools tools) {
        ProjectionJob job = run.job();
        ProjectionStore store = tools.editions(job.target()).store(projection, job.edition());
        BoundedLog log = new BoundedLog(tools.log(), Long.MAX_VALUE, 1);
        try (Filling filling = Filling.start(projection, store, log, tools)) {
            run.awaitServed(filling);
        }
        tools.served().accept(projection.name());
    }

    static void replay(JobRun run, Projection projection, JobTools tools) {
        ProjectionJob job = run.job();
        ProjectionStore store = tools.editions(job.target()).lasting(projection, job.edition());
        try (Filling filling = Filling.start(projection, store, new BoundedLog(tools.log(), job.to(), 1), tools)) {
            run.await(filling, job.to());
        }
        run.report("making views");
        tools.editions(job.target()).publish(projection, job.edition());
    }
}
