package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * How jobs on projections (rebuilds, replays, verifications) are run.
 *
 * @param node name of this node, unlike any other's; a job says which one runs it
 * @param jobs most of them that run on this node at a time; others wait, those aside that wait for a store to come back
 * @param takeOver how long a job's node must say nothing before another node goes on with it
 * @param retiredFor how long what is no longer served is kept: longer than any read takes that began before the switch
 * @param auditEvery time between two audits on all nodes together; zero: none
 * @param auditWhole after this time an audit looks at the whole of a projection again, until then at slices of it; zero: always
 * @param auditShare part of one thread's time that an audit takes while it folds; above 0, at most 1
 * @param keptFor how long ended jobs are told about
 * @param abandonedAfter how long no node must have had a version's code before its jobs are ended and what it fills and never served
 *     is dropped; longer than a node takes to come back; zero: all of it stays
 */
public record JobsConfig(
        String node,
        int jobs,
        Duration takeOver,
        Duration retiredFor,
        Duration auditEvery,
        Duration auditWhole,
        double auditShare,
        Duration keptFor,
        Duration abandonedAfter) {
    public JobsConfig {
        if (node.isBlank() || jobs < 1) {
            throw new IllegalArgumentException("A node has a name and runs at least one job");
        }
        for (Duration time : List.of(takeOver, retiredFor, auditEvery, auditWhole, keptFor, abandonedAfter)) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("Not a time to wait: " + time);
            }
        }
        if (!(auditShare > 0 && auditShare <= 1)) {
            throw new IllegalArgumentException("An audit's share is above 0 and at most 1, not " + auditShare);
        }
    }

    public static JobsConfig defaults() {
        return new JobsConfig(
                UUID.randomUUID().toString(),
                2,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(10),
                Duration.ofDays(7),
                0.1,
                Duration.ofDays(30),
                Duration.ofMinutes(15));
    }

    /**
     * @param connections of the pool that has fewest
     * @return how many jobs may run at a time without taking all of them: one that compares holds two for as long as it takes, and if
     *     none were left neither a job's heartbeat nor a live projection would find one
     */
    public static int jobsWithin(int connections) {
        return Math.max(1, (connections - 1) / 2);
    }

    public JobsConfig withAuditEvery(Duration every) {
        return new JobsConfig(node, jobs, takeOver, retiredFor, every, auditWhole, auditShare, keptFor, abandonedAfter);
    }

    public JobsConfig withRetiredFor(Duration time) {
        return new JobsConfig(node, jobs, takeOver, time, auditEvery, auditWhole, auditShare, keptFor, abandonedAfter);
    }
}
