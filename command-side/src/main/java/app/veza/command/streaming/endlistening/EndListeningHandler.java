package app.veza.command.streaming.endlistening;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.streaming.endlistening.EndListening.Listening;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Each time of listening ends once, whoever notices first. */
@Component
final class EndListeningHandler implements Decider<EndListening, Set<UUID>> {

    @Override
    public Class<EndListening> command() {
        return EndListening.class;
    }

    @Override
    public Optional<EventCriteria> boundary(EndListening command) {
        return Boundary.anyOf(command.listenings().stream()
                .map(Listening::personId)
                .distinct()
                .map(person -> events(
                        tags(STREAM, command.streamId(), PERSON, person), ListenerJoined.class, ListenerLeft.class)));
    }

    /** Ids of what goes on. */
    @Override
    public Set<UUID> initial() {
        return Set.of();
    }

    @Override
    public Set<UUID> evolve(Set<UUID> listening, VezaEvent event) {
        var changed = new HashSet<>(listening);
        switch (event) {
            case ListenerJoined joined -> changed.add(joined.listeningId());
            case ListenerLeft left -> changed.remove(left.listeningId());
            default -> {}
        }
        return Set.copyOf(changed);
    }

    @Override
    public List<VezaEvent> decide(EndListening command, Set<UUID> listening) {
        return command.listenings().stream()
                .filter(ended -> listening.contains(ended.listeningId()))
                .<VezaEvent>map(ended -> new ListenerLeft(
                        command.streamId(),
                        ended.personId(),
                        ended.listeningId(),
                        ended.listenedMillis(),
                        command.reason()))
                .toList();
    }
}
