package app.veza.command.streaming;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.STREAM;

import app.veza.event.VezaEvent;
import app.veza.event.streaming.GuestInvited;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.event.streaming.Visibility;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * A stream as decisions see it. Use cases share it because each of them begins with whose it is and how far it is.
 *
 * @param created null while there is no stream
 * @param since position of the event by which it came to its phase
 * @param guests those of the boundary whom the broadcaster let in
 */
public record Broadcast(@Nullable StreamCreated created, Phase phase, long since, Set<UUID> guests) {

    /** Before anything was read. */
    public static final Broadcast UNKNOWN = new Broadcast(null, Phase.CREATED, 0, Set.of());

    /** How far a stream is. */
    public enum Phase {
        /** Nothing was heard yet. */
        CREATED,
        LIVE,
        /** The broadcaster is cut off, and may come back. */
        INTERRUPTED,
        /** For good. */
        ENDED
    }

    /** What {@link #evolve} needs. Who listens and what is stored does not touch it. */
    public static EventCriteria boundary(UUID streamId) {
        return events(
                tag(STREAM, streamId),
                StreamCreated.class,
                StreamWentLive.class,
                StreamInterrupted.class,
                StreamResumed.class,
                StreamStopped.class);
    }

    /** The same, and whether these people were let in. */
    public static EventCriteria boundary(UUID streamId, UUID... people) {
        return EventCriteria.either(Stream.concat(
                        Stream.of(boundary(streamId)),
                        Stream.of(people)
                                .distinct()
                                .map(person -> events(
                                        tags(STREAM, streamId, PERSON, person),
                                        GuestInvited.class,
                                        GuestRemoved.class)))
                .toList());
    }

    public Broadcast evolve(VezaEvent event, long position) {
        return switch (event) {
            case StreamCreated opened -> new Broadcast(opened, Phase.CREATED, position, guests);
            case StreamWentLive live -> in(Phase.LIVE, position);
            case StreamInterrupted interrupted -> in(Phase.INTERRUPTED, position);
            case StreamResumed resumed -> in(Phase.LIVE, position);
            case StreamStopped stopped -> in(Phase.ENDED, position);
            case GuestInvited invited -> with(invited.personId(), true);
            case GuestRemoved removed -> with(removed.personId(), false);
            default -> this;
        };
    }

    private Broadcast in(Phase next, long position) {
        return new Broadcast(created, next, position, guests);
    }

    private Broadcast with(UUID person, boolean isGuest) {
        var changed = new HashSet<>(guests);
        if (isGuest) {
            changed.add(person);
        } else {
            changed.remove(person);
        }
        return new Broadcast(created, phase, since, Set.copyOf(changed));
    }

    /** @throws app.veza.command.Rejection when there is none */
    public StreamCreated require() {
        if (created == null) {
            throw StreamRejections.notFound();
        }
        return created;
    }

    /**
     * @param person one of the boundary
     * @throws app.veza.command.Rejection when the stream is not there, or private and the person was not let in, which must look the same
     */
    public StreamCreated requireKnownTo(UUID person) {
        StreamCreated opened = require();
        if (!isKnownTo(person)) {
            throw StreamRejections.notFound();
        }
        return opened;
    }

    /** @param person one of the boundary */
    public boolean isKnownTo(UUID person) {
        return created != null
                && (created.visibility() == Visibility.PUBLIC
                        || created.broadcasterId().equals(person)
                        || guests.contains(person));
    }

    /**
     * @param detail what only its broadcaster may do
     * @throws app.veza.command.Rejection when the stream is not there or another's; a private one looks as if it were not there
     */
    public StreamCreated requireOwner(UUID person, String detail) {
        StreamCreated opened = require();
        if (opened.broadcasterId().equals(person)) {
            return opened;
        }
        throw opened.visibility() == Visibility.PRIVATE
                ? StreamRejections.notFound()
                : StreamRejections.notItsBroadcaster(detail);
    }

    /** @throws app.veza.command.Rejection when it has ended */
    public void requireNotEnded() {
        if (phase == Phase.ENDED) {
            throw StreamRejections.ended();
        }
    }

    /** @throws app.veza.command.Rejection when nothing was ever heard of it */
    public void requireHeard() {
        if (phase == Phase.CREATED) {
            throw StreamRejections.notLive();
        }
    }
}
