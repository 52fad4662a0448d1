package app.veza.command;

import app.veza.event.VezaEvent;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;

/**
 * One use case, free of everything but the domain: which past events its decision rests on, how they fold to a state, and
 * what follows from state and command. A bean of this type is all that a use case needs to be found.
 *
 * <p>All methods are pure: they are called again, with fresher events, whenever somebody else was faster.
 *
 * @param <C> the command, a record
 * @param <S> the state that the decision looks at, immutable
 */
public interface Decider<C, S> {

    Class<C> command();

    /**
     * Events that the decision rests on, as few as possible: an event appended by others that matches makes the decision be
     * made again. Empty when it rests on none.
     */
    Optional<EventCriteria> boundary(C command);

    /**
     * What the decision rests on besides, in the state after its boundary: so that what matters in few states is read in those only.
     */
    default Optional<Further> further(C command, S state) {
        return Optional.empty();
    }

    /** State before the first event. */
    S initial();

    /** State after one more event; events that do not matter leave it as it is. */
    S evolve(S state, VezaEvent event);

    /** State after one more of those events that {@link #further} asked for, which may have been in the boundary too. */
    default S evolveFurther(S state, VezaEvent event) {
        return evolve(state, event);
    }

    /** The same as {@link #evolve}, for who has to know where in the log an event of the boundary stands. */
    default S evolve(S state, VezaEvent event, long position) {
        return evolve(state, event);
    }

    /**
     * What happens, in order, appended whole or not at all; empty when nothing needs to.
     *
     * @throws Rejection when the command is refused
     */
    List<VezaEvent> decide(C command, S state);
}
