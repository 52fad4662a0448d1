package app.veza.eventstore;

import java.util.Optional;

/**
 * Decides a request against the whole log: the index up to the window's start, the window from there to the predicted head. What
 * depends on an append that is not settled waits for it.
 */
final class Decision {
    private final Window window;
    private final LogIndex index;
    private final Outcomes outcomes;
    private int waiting;
    private long waitingBytes;

    Decision(Window window, LogIndex index, Outcomes outcomes) {
        this.window = window;
        this.index = index;
        this.outcomes = outcomes;
    }

    /** Whether it is an append that is to be placed now; if not, it is answered or waits for an answer. */
    boolean admits(Handed handed) {
        return switch (handed) {
            case Handed.Append append -> isNew(append) && isWithoutConflict(append);
            case Handed.Check check -> {
                answer(check);
                yield false;
            }
            case Handed.Lookup lookup -> {
                answer(lookup);
                yield false;
            }
        };
    }

    private boolean isNew(Handed.Append append) {
        String commandId = append.append.commandId();
        if (commandId == null) {
            return true;
        }
        Placed placed = window.command(commandId);
        if (placed != null) {
            after(placed, append, () -> outcomes.duplicate(append, RecordedCommand.of(placed.stored)));
            return false;
        }
        RecordedCommand recorded = searched(append, append.searched.commandUpTo())
                ? append.searched.command()
                : index.command(commandId).orElse(null);
        if (recorded != null) {
            outcomes.duplicate(append, recorded);
            return false;
        }
        return true;
    }

    /** Whether what the caller's thread found in the index reaches the window. */
    private boolean searched(Handed.Append append, long upTo) {
        return append.searched.generation() == index.generation() && upTo >= window.start();
    }

    private boolean isWithoutConflict(Handed.Append append) {
        AppendCondition condition = append.condition;
        if (condition == null) {
            return true;
        }
        long conflict = searched(append, append.searched.conflictUpTo())
                ? append.searched.conflict()
                : index.firstMatch(condition.criteria(), condition.after(), window.start());
        if (conflict > 0) {
            outcomes.refused(append, conflict);
            return false;
        }
        Window.Event event = window.newestMatch(condition.criteria(), condition.after());
        if (event != null) {
            after(event.placed(), append, () -> outcomes.refused(append, event.position()));
            return false;
        }
        return true;
    }

    private void answer(Handed.Check check) {
        AppendCondition condition = check.condition;
        long conflict = index.firstMatch(condition.criteria(), condition.after(), window.start());
        if (conflict > 0) {
            outcomes.add(() -> check.future.complete(conflict));
            return;
        }
        Window.Event event = window.newestMatch(condition.criteria(), condition.after());
        if (event == null) {
            outcomes.add(() -> check.future.complete(0L));
        } else {
            after(event.placed(), check, () -> outcomes.add(() -> check.future.complete(event.position())));
        }
    }

    private void answer(Handed.Lookup lookup) {
        Placed placed = window.command(lookup.commandId);
        if (placed == null) {
            Optional<AppendOutcome.Duplicate> found =
                    index.command(lookup.commandId).map(RecordedCommand::asOutcome);
            outcomes.add(() -> lookup.future.complete(found));
        } else {
            var found = Optional.of(RecordedCommand.of(placed.stored).asOutcome());
            after(placed, lookup, () -> outcomes.add(() -> lookup.future.complete(found)));
        }
    }

    private void after(Placed placed, Handed handed, Runnable answer) {
        if (placed.settled) {
            answer.run();
        } else {
            placed.waiters.add(new Placed.Waiter(handed, answer));
            waiting++;
            waitingBytes += handed.bytes();
        }
    }

    /** Whoever waits for it is answered. */
    void answerWaiters(Placed placed) {
        for (Placed.Waiter waiter : placed.waiters) {
            waiter.answer().run();
            waiting--;
            waitingBytes -= waiter.handed().bytes();
        }
    }

    /** How many wait for what is in flight; they are in no queue. */
    int waiting() {
        return waiting;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** What waited is decided anew. */
    void restart() {
        waiting = 0;
        waitingBytes = 0;
    }
}
