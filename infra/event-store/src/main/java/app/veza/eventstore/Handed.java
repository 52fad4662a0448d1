package app.veza.eventstore;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a caller hands to the sequencer and waits for. */
abstract sealed class Handed {
    /** Order of arrival, kept when an append has to be decided anew. */
    final long ticket;

    final long deadlineNanos;

    private Handed(long ticket, long deadlineNanos) {
        this.ticket = ticket;
        this.deadlineNanos = deadlineNanos;
    }

    boolean expired(long now) {
        return now - deadlineNanos > 0;
    }

    abstract void fail(Throwable failure);

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
            @Nullable RecordedCommand command) {}

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
                EncodedAppend append,
                @Nullable AppendCondition condition,
                Searched searched) {
            super(ticket, deadline);
            this.append = append;
            this.condition = condition;
            this.searched = searched;
        }

        @Override
        void fail(Throwable failure) {
            future.completeExceptionally(failure);
        }
    }

    /** Does nothing match after the position? */
    static final class Check extends Handed {
        final AppendCondition condition;
        final CompletableFuture<Boolean> future = new CompletableFuture<>();

        Check(long ticket, long deadline, AppendCondition condition) {
            super(ticket, deadline);
            this.condition = condition;
        }

        @Override
        void fail(Throwable failure) {
            future.completeExceptionally(failure);
        }
    }

    /** Was the command appended? */
    static final class Lookup extends Handed {
        final String commandId;
        final CompletableFuture<Optional<AppendOutcome.Duplicate>> future = new CompletableFuture<>();

        Lookup(long ticket, long deadline, String commandId) {
            super(ticket, deadline);
            this.commandId = commandId;
        }

        @Override
        void fail(Throwable failure) {
            future.completeExceptionally(failure);
        }
    }
}
