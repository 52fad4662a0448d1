package app.veza.command.streaming.describestream;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.streaming.Broadcast;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The broadcaster says what the stream is; what is heard only as long as something can be. */
@Component
final class DescribeStreamHandler implements Decider<DescribeStream, DescribeStreamHandler.State> {

    /** @param described what was said last; null when nothing was since the stream was opened */
    record State(Broadcast broadcast, @Nullable StreamDescribed described) {}

    @Override
    public Class<DescribeStream> command() {
        return DescribeStream.class;
    }

    @Override
    public Optional<EventCriteria> boundary(DescribeStream command) {
        return Boundary.of(Broadcast.boundary(command.streamId()));
    }

    @Override
    public Optional<Further> further(DescribeStream command, State state) {
        return Optional.of(Further.last(events(tag(STREAM, command.streamId()), StreamDescribed.class)));
    }

    @Override
    public State initial() {
        return new State(Broadcast.UNKNOWN, null);
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return new State(state.broadcast().evolve(event, state.broadcast().since()), state.described());
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        return event instanceof StreamDescribed described ? new State(state.broadcast(), described) : state;
    }

    @Override
    public List<VezaEvent> decide(DescribeStream command, State state) {
        StreamCreated created =
                state.broadcast().requireOwner(command.by(), "Only its broadcaster may say what a stream is.");
        if (command.nowPlaying() != null && !command.nowPlaying().isEmpty()) {
            state.broadcast().requireNotEnded();
        }
        StreamDescribed former = state.described() == null
                ? new StreamDescribed(
                        command.streamId(), created.broadcasterId(), created.title(), created.description(), null)
                : state.described();
        var described = new StreamDescribed(
                command.streamId(),
                created.broadcasterId(),
                command.title() == null ? former.title() : command.title(),
                changed(former.description(), command.description()),
                changed(former.nowPlaying(), command.nowPlaying()));
        return described.equals(former) ? List.of() : List.of(described);
    }

    private static @Nullable String changed(@Nullable String former, @Nullable String wanted) {
        return wanted == null ? former : wanted.isEmpty() ? null : wanted;
    }
}
