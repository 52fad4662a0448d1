package app.veza.eventstore;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a caller hands to the sequencer and waits for. */
abstract sealed class Handed {
    /** Order of arrival, kept when an append has to be decided anew. */
    final long ticket;

    final long deadlineNanos;
    /** Null: of this node. */
    final @Nullable Origin origin;

    private Handed(long ticket, long deadlineNanos, @Nullable Origin origin) {
        this.ticket = ticket;
        this.deadlineNanos = deadlineNanos;
        this.origin = origin;
    }

    /** Whether it is decided on what was read from another log. Other nodes have looked by themselves, and a log that was replaced has another fence. */
    boolean isOfAnotherLog(String logId) {
        return false;
    }

    boolean expired(long now) {
        return now - deadlineNanos > 0;
    }

    abstract CompletableFuture<?> future();

    /** What it takes in memory, nearly, beside the object itself. */
    long bytes() {
        return 0;
    }

    void fail(Throwable failure) {
        future().completeExceptionally(failure);
    }

    /**
     * The other node that handed it over.
     *
     * @param ticket the other's
     * @param attempt the other's: whoever stops sequencing gives it back, and then it is handed to the next
     * @param fenceHash of the last fence that the other had read: behind another one it is not this node's to decide
     */
    record Origin(String node, long ticket, int attempt, byte[] fenceHash) {}

    /**
     * What the caller's own thread found in the index of that generation.
     *
     * @param conflict a match between the condition's marker and {@code conflictUpTo}, or 0
     * @param command what the command id appended up to {@code commandUpTo}, or null
     */
    record Searched(
            int generation,
            long conflictUpTo,
            long conflict,
            long commandUpTo,
            @Nullable RecordedCommand command) {

        static final Searched NOTHING = new Searched(-1, 0, 0, 0, null);

        /** @param windowStart what the sequencer holds in memory begins behind it, and is left to it */
        static Searched of(AppendRequest request, LogIndex index, long windowStart) {
            int generation = index.generation();
            long indexed = index.indexedPosition();
            AppendCondition condition = request.condition();
            boolean inMemory = condition == null || condition.after() >= windowStart;
            long conflictUpTo = inMemory && condition != null ? condition.after() : indexed;
            long conflict = inMemory ? 0 : index.firstMatch(condition.criteria(), condition.after(), indexed);
            RecordedCommand command = request.commandId() == null
                    ? null
                    : index.command(request.commandId()).orElse(null);
            return new Searched(generation, conflictUpTo, conflict, indexed, command);
        }
    }

    static final class Append extends Handed {
        final EncodedAppend append;
        final @Nullable AppendCondition condition;
        final Searched searched;
        final CompletableFuture<AppendOutcome> future = new CompletableFuture<>();
        final long sinceNanos = System.nanoTime();
        /** The greatest stream sequence that it was published for; 0: never. Below a message that is no copy of it, it is dead. */
        long publishedFor;

        int attempts;

        Append(
                long ticket,
                long deadline,
                @Nullable Origin origin,
                EncodedAppend append,
                @Nullable AppendCondition condition,
                Searched searched) {
            super(ticket, deadline, origin);
            this.append = append;
            this.condition = condition;
            this.searched = searched;
        }

        @Override
        boolean isOfAnotherLog(String logId) {
            return condition != null && condition.isOfAnotherLog(logId);
        }

        @Override
        long bytes() {
            return append.bytes();
        }

        boolean isFence() {
            return append.fencedBy() != null;
        }

        @Override
        CompletableFuture<AppendOutcome> future() {
            return future;
        }
    }

    /** Which event matches after the position? Answered by its position, 0 when there is none. */
    static final class Check extends Handed {
        final AppendCondition condition;
        final CompletableFuture<Long> future = new CompletableFuture<>();

        Check(long ticket, long deadline, @Nullable Origin origin, AppendCondition condition) {
            super(ticket, deadline, origin);
            this.condition = condition;
        }

        @Override
        boolean isOfAnotherLog(String logId) {
            return condition.isOfAnotherLog(logId);
        }

        @Override
        CompletableFuture<Long> future() {
            return future;
        }
    }

    /** Was the command appended? */
    static final class Lookup extends Handed {
        final String commandId;
        final CompletableFuture<Optional<AppendOutcome.Duplicate>> future = new CompletableFuture<>();

        Lookup(long ticket, long deadline, @Nullable Origin origin, String commandId) {
            super(ticket, deadline, origin);
            this.commandId = commandId;
        }

        @Override
        CompletableFuture<Optional<AppendOutcome.Duplicate>> future() {
            return future;
        }
    }
}
