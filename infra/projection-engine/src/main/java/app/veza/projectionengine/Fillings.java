package app.veza.projectionengine;

/** What rebuilds and replays do. Both go on where they were interrupted, for their position is in what they fill. */
final class Fillings {
    private Fillings() {}

    /** Ends when the readers are led to it; the live runners find it and go on with it. */
    static void rebuild(JobRun run, Projection projection, JobTools tools) {
        ProjectionJob job = run.job();
        ProjectionStore store = tools.editions(job.target()).store(projection, job.edition(), job.despiteDeadLetters());
        if (job.edition().equals(Edition.first(projection))) {
            lead(run, store, tools);
        } else {
            BoundedLog log = new BoundedLog(tools.log(), Long.MAX_VALUE, 1);
            try (Filling filling = Filling.start(projection, store, log, tools)) {
                run.awaitServed(filling);
            }
        }
        tools.served().accept(projection.name());
    }

    /** The live runners move what is kept aside: whoever filled it too would be in their way, and lose the fence to them. */
    private static void lead(JobRun run, ProjectionStore store, JobTools tools) {
        try (store) {
            String followed = "";
            long near = 0;
            while (store.unserved()) {
                Checkpoint at = store.open(tools.log().logId());
                if (!at.logId().equals(followed)) {
                    followed = at.logId();
                    near = tools.log().head();
                }
                if (followed.equals(tools.log().logId()) && at.position() >= near && store.serve()) {
                    return;
                }
                run.look(tools.positions().apply(run.job().projection()), store.switchHeldUp());
                run.step();
            }
        }
    }

    static void replay(JobRun run, Projection projection, JobTools tools) {
        ProjectionJob job = run.job();
        ProjectionStore store = tools.editions(job.target()).lasting(projection, job.edition());
        try (Filling filling = Filling.start(projection, store, new BoundedLog(tools.log(), job.to(), 1), tools)) {
            run.await(filling, job.to());
        }
        run.report("making indexes and views");
        tools.editions(job.target()).prepare(projection, job.edition());
        tools.editions(job.target()).publish(projection, job.edition());
    }
}
