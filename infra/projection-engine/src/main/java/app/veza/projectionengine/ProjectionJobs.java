package app.veza.projectionengine;

import app.veza.projectionengine.JobRefusedException.Reason;
import app.veza.projectionengine.ProjectionEngineConfig.Switching;
import app.veza.projectionengine.ProjectionJob.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What engineers let be done with projections: rebuild, replay, verify, preview. Each is a job that some node runs; requests
 * return at once. Only projections are ever rebuilt, so nothing that a rebuild does reaches a person.
 */
public final class ProjectionJobs {
    private static final int LATEST = 50;
    private static final Pattern SCRATCH = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Set<String> RESERVED = Set.of("projection", "view", "public", "information_schema");

    private final Map<String, Projection> projections = new LinkedHashMap<>();
    private final JobTools tools;
    private final JobLoop loop;
    private final AuditWatch audits;

    ProjectionJobs(Collection<Projection> projections, JobTools tools, JobLoop loop, AuditWatch audits) {
        projections.forEach(one -> this.projections.put(one.name(), one));
        this.tools = tools;
        this.loop = loop;
        this.audits = audits;
    }

    /**
     * Fills a new edition of this code's version while the served one is read, and leads the readers to it. Where one is
     * under way already, that one is returned; where this version is kept at the head and waits to be asked for, readers are led to what
     * there is.
     */
    public ProjectionJob rebuild(String name) {
        return rebuild(name, false);
    }

    /**
     * The same.
     *
     * @param despiteDeadLetters also when events become dead letters that were applied in what readers see; otherwise the job fails
     *     then, and they go on to see that
     */
    public ProjectionJob rebuild(String name, boolean despiteDeadLetters) {
        Projection projection = require(name);
        String target = JobTools.target(projection);
        Editions editions = tools.editions(target);
        boolean isFilled = tools.config().switching() == Switching.WHEN_ASKED && editions.isKeptAside(projection);
        Edition edition = isFilled ? Edition.first(projection) : next(projection, editions, projection.version());
        return oneOfAKind(Asked.rebuild(edition, target, despiteDeadLetters));
    }

    /**
     * Fills what readers see anew from the log as it is now, in files of its own, in the version that they see, whether or not this node has code for
     * it: nobody is led to another version. What is kept or filled beside it for them is dropped, and begun again by
     * who has its code. So nothing stays that was written before.
     *
     * @throws JobRefusedException nothing is served yet, or another version is being rebuilt
     */
    public ProjectionJob renew(String name) {
        Projection projection = require(name);
        Editions editions = tools.editions(JobTools.target(projection));
        Edition served = editions.served(name)
                .orElseThrow(() -> new JobRefusedException(
                        Reason.CONFLICT, "Nothing of projection %s is served yet".formatted(name)));
        Set<Edition> filledByJobs = table().active(name).stream()
                .map(ProjectionJob::edition)
                .filter(edition -> edition.generation() > 1)
                .collect(Collectors.toSet());
        editions.dropUnserved(name, filledByJobs::contains);
        Edition next = next(projection, editions, served.version());
        return oneOfAKind(Asked.rebuild(next, JobTools.target(projection), false));
    }

    private Edition next(Projection projection, Editions editions, int version) {
        String name = projection.name();
        int last = Math.max(table().lastGeneration(name, version), editions.lastGeneration(name, version));
        return new Edition(name, version, last + 1);
    }

    /**
     * Fills aside and compares with what is served.
     *
     * @param rows most differing rows that are listed; all are counted
     */
    public ProjectionJob verify(String name, int rows) {
        return oneOfAKind(Asked.comparison(Kind.VERIFY, require(name), checked(rows)));
    }

    /** As {@link #verify}, for what readers would see with this code in place of what they see. */
    public ProjectionJob preview(String name, int rows) {
        return oneOfAKind(Asked.comparison(Kind.PREVIEW, require(name), checked(rows)));
    }

    private static int checked(int rows) {
        if (rows < 0 || rows > 10_000) {
            throw new JobRefusedException(Reason.INVALID, "From 0 to 10000 differing rows can be listed, not " + rows);
        }
        return rows;
    }

    /**
     * Fills the read model aside as it was at a position, to be read in SQL by its own names in schema {@code into} (tables
     * in {@code into_tables}), or in Redis below {@code {into:version:0}:}, where keys that were to expire stay.
     *
     * @param dropAfter null: it stays until {@link #drop}
     */
    public ProjectionJob replay(String name, long to, String into, @Nullable Duration dropAfter) {
        Projection projection = require(name);
        long head = tools.log().head();
        if (to < 1 || to > head) {
            throw new JobRefusedException(
                    Reason.INVALID, "There is no position %d: the log goes from 1 to %d".formatted(to, head));
        }
        if (dropAfter != null && !dropAfter.isPositive()) {
            throw new JobRefusedException(Reason.INVALID, "It cannot be dropped after " + dropAfter);
        }
        requireFree(projection, into);
        ProjectionJob job = Asked.replay(projection, into, to);
        if (!table().insert(job, dropAfter)) {
            throw new JobRefusedException(
                    Reason.CONFLICT, "%s is in use: drop it first, or take another name".formatted(into));
        }
        loop.wake();
        return job;
    }

    private void requireFree(Projection projection, String into) {
        if (!SCRATCH.matcher(into).matches()) {
            throw new JobRefusedException(
                    Reason.INVALID,
                    "'%s' is no name for a scratch schema: lower-case letters, digits and underscores, a letter first, 40 at most"
                            .formatted(into));
        }
        boolean looksServed =
                projections.keySet().stream().anyMatch(one -> into.equals(one) || into.matches(one + "_v[0-9].*"));
        if (RESERVED.contains(into) || into.startsWith("pg_") || looksServed) {
            throw new JobRefusedException(
                    Reason.INVALID, "'%s' is the platform's own: take another name".formatted(into));
        }
        String taken = tools.editions(JobTools.target(projection)).taken(into);
        if (taken != null) {
            throw new JobRefusedException(
                    Reason.CONFLICT,
                    "'%s' cannot be used: %s; drop it first, or take another name".formatted(into, taken));
        }
    }

    private ProjectionJob oneOfAKind(ProjectionJob asked) {
        while (!table().insert(asked, null)) {
            for (ProjectionJob active : table().active(asked.projection())) {
                if (active.kind() == asked.kind() && active.version() != asked.version()) {
                    throw new JobRefusedException(
                            Reason.CONFLICT,
                            "Version %d of projection %s has one under way already, as job %s: cancel it, or wait until it has ended"
                                    .formatted(active.version(), active.projection(), active.id()));
                }
                if (active.kind() == asked.kind() && asked.despiteDeadLetters() && !active.despiteDeadLetters()) {
                    throw new JobRefusedException(
                            Reason.CONFLICT,
                            "Projection %s is being rebuilt without dead letters, as job %s: cancel it, or wait until it has ended"
                                    .formatted(active.projection(), active.id()));
                }
                if (active.kind() == asked.kind()) {
                    return active;
                }
            }
        }
        loop.wake();
        return asked;
    }

    public ProjectionJob job(UUID id) {
        return table().find(id).orElseThrow(() -> new JobRefusedException(Reason.UNKNOWN, "There is no job " + id));
    }

    /**
     * Newest first.
     *
     * @param before the job behind which to go on; null: from the newest
     * @throws JobRefusedException there is no such job
     */
    public List<ProjectionJob> latest(@Nullable UUID before, int most) {
        return table().latest(before == null ? null : job(before), most);
    }

    /** Those that wait or run, newest first. */
    public List<ProjectionJob> active() {
        return table().active();
    }

    /** Newest first. */
    public List<ProjectionJob> latestOf(String name) {
        return table().latestOf(require(name).name(), LATEST);
    }

    /** Ends a job, and leaves nothing of what it filled. */
    public ProjectionJob cancel(UUID id) {
        ProjectionJob job = job(id);
        if (!table().cancel(id)) {
            throw new JobRefusedException(
                    Reason.CONFLICT,
                    "The job is %s already%s"
                            .formatted(
                                    job.state(),
                                    job.kind() == Kind.REPLAY && job.droppedAt() == null
                                            ? ": drop " + job.scratch() + " to be rid of what it filled"
                                            : ""));
        }
        loop.wake();
        return job(id);
    }

    /** Replays that can be read. */
    public List<ProjectionJob> replays() {
        return table().scratches();
    }

    /** Drops what a replay filled. */
    public ProjectionJob drop(String into) {
        ProjectionJob replay = replays().stream()
                .filter(one -> into.equals(one.scratch()))
                .findFirst()
                .orElseThrow(() -> new JobRefusedException(
                        Reason.UNKNOWN,
                        "No replay fills '%s'; there are %s"
                                .formatted(
                                        into,
                                        replays().stream()
                                                .map(ProjectionJob::scratch)
                                                .toList())));
        tools.editions(replay.target()).drop(replay.projection(), replay.edition());
        table().dropped(replay.id());
        return job(replay.id());
    }

    /** The last audit of each projection that was audited, as this node knows of it. */
    public Map<String, ProjectionJob> audits() {
        return audits.last();
    }

    /** What is wrong with the audits themselves, for a person; empty when they are done as often as they should be. */
    public List<String> auditTroubles() {
        return audits.troubles();
    }

    /** There from the first request on, also when this node has not looked for jobs yet. */
    private JobTable table() {
        tools.table().create();
        return tools.table();
    }

    private Projection require(String name) {
        Projection projection = projections.get(name);
        if (projection == null) {
            throw new JobRefusedException(
                    Reason.UNKNOWN, "There is no projection '%s'; there are %s".formatted(name, projections.keySet()));
        }
        return projection;
    }
}
