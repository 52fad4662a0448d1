package app.veza.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.eventstore.axon.RecordTagResolver;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * Given past events, when a command, then new events or a rejection. The decision sees what its boundary lets through and
 * nothing else, by the tags that the store would give: a boundary that is too narrow fails the test.
 */
public final class Scenario<C, S> {

    private static final RecordTagResolver TAGS = new RecordTagResolver();

    private final Decider<C, S> decider;
    private final List<VezaEvent> history;

    private Scenario(Decider<C, S> decider, List<VezaEvent> history) {
        this.decider = decider;
        this.history = history;
    }

    public static <C, S> Scenario<C, S> of(Decider<C, S> decider) {
        return new Scenario<>(decider, List.of());
    }

    public Scenario<C, S> given(VezaEvent... events) {
        return new Scenario<>(decider, Arrays.asList(events));
    }

    public Outcome when(C command) {
        S state = afterBoundary(command);
        S decisive = decider.further(command, state)
                .map(further -> afterFurther(state, further))
                .orElse(state);
        var decided = new Object() {
            @Nullable
            List<VezaEvent> events;
        };
        Throwable thrown = catchThrowable(() -> decided.events = decider.decide(command, decisive));
        return new Outcome(decided.events, thrown);
    }

    /** Whether the same event, appended by somebody else meanwhile, would make the decision be made again. */
    public boolean isOvertakenBy(VezaEvent event, C command) {
        return Stream.concat(
                        decider.boundary(command).stream(),
                        decider.further(command, afterBoundary(command)).map(Further::criteria).stream())
                .anyMatch(criteria -> matches(criteria, event));
    }

    /** Positions are those in what was given, from 1. */
    private S afterBoundary(C command) {
        Optional<EventCriteria> boundary = decider.boundary(command);
        S state = decider.initial();
        for (int i = 0; i < history.size(); i++) {
            VezaEvent event = history.get(i);
            if (boundary.filter(criteria -> matches(criteria, event)).isPresent()) {
                state = decider.evolve(state, event, i + 1L);
            }
        }
        return state;
    }

    private S afterFurther(S from, Further further) {
        List<VezaEvent> found = history.stream()
                .filter(event -> matches(further.criteria(), event))
                .toList();
        S state = from;
        for (VezaEvent event : further.onlyLast() && !found.isEmpty() ? List.of(found.getLast()) : found) {
            state = decider.evolveFurther(state, event);
        }
        return state;
    }

    private static boolean matches(EventCriteria criteria, VezaEvent event) {
        var name = new QualifiedName(EventTypes.nameOf(event.getClass()));
        EventMessage message = new GenericEventMessage(new MessageType(name, "1"), event);
        return criteria.matches(name, TAGS.resolve(message));
    }

    /** What came of it. */
    public record Outcome(
            @Nullable List<VezaEvent> events, @Nullable Throwable thrown) {

        public void then(VezaEvent... expected) {
            assertThat(thrown).isNull();
            assertThat(events).containsExactly(expected);
        }

        public void thenNothing() {
            assertThat(thrown).isNull();
            assertThat(events).isEmpty();
        }

        public void thenRejected(Rejection.Kind kind, String slug) {
            assertThat(thrown).isInstanceOfSatisfying(Rejection.class, rejection -> {
                assertThat(rejection.kind()).isEqualTo(kind);
                assertThat(rejection.slug()).isEqualTo(slug);
            });
        }
    }
}
