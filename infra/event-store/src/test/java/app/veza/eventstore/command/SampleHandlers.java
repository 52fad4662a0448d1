package app.veza.eventstore.command;

import app.veza.eventstore.command.SampleCommands.ClaimName;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.Leave;
import app.veza.eventstore.command.SampleCommands.LogIn;
import app.veza.eventstore.command.SampleCommands.OpenRoom;
import app.veza.eventstore.command.SampleCommands.Overflow;
import app.veza.eventstore.command.SampleCommands.Say;
import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.Left;
import app.veza.eventstore.command.SampleEvents.LoggedIn;
import app.veza.eventstore.command.SampleEvents.NameClaimed;
import app.veza.eventstore.command.SampleEvents.RoomOpened;
import app.veza.eventstore.command.SampleEvents.Said;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.EntityIdResolver;
import org.axonframework.modelling.annotation.InjectEntity;

final class SampleHandlers {

    static final class Rejected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Rejected(String reason) {
            super(reason);
        }
    }

    final AtomicInteger decisions = new AtomicInteger();

    /** Run in every handler after its states were read and before it decides, as if others were faster. */
    volatile Runnable meanwhile = () -> {};

    static void register(EventSourcingConfigurer configurer, SampleHandlers handlers) {
        configurer
                .registerEntity(
                        EventSourcedEntityModule.autodetected(SampleCommands.MembershipId.class, Membership.class))
                .registerEntity(EventSourcedEntityModule.autodetected(UUID.class, Room.class))
                .registerEntity(EventSourcedEntityModule.autodetected(NameHolder.Id.class, NameHolder.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("sample")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(c -> handlers));
    }

    private void deciding() {
        decisions.incrementAndGet();
        meanwhile.run();
    }

    @CommandHandler
    void handle(OpenRoom command, @InjectEntity(idProperty = "roomId") Room room, EventAppender appender) {
        deciding();
        if (room.isOpen()) {
            throw new Rejected("room-exists");
        }
        appender.append(new RoomOpened(command.roomId(), command.capacity()));
    }

    @CommandHandler
    void handle(
            Join command,
            @InjectEntity(idProperty = "roomId") Room room,
            @InjectEntity(idProperty = "membership") Membership membership,
            EventAppender appender) {
        deciding();
        if (!room.isOpen()) {
            throw new Rejected("no-such-room");
        }
        if (membership.member()) {
            return;
        }
        if (room.isFull()) {
            throw new Rejected("full");
        }
        appender.append(new Joined(command.roomId(), command.personId()));
    }

    @CommandHandler
    void handle(Leave command, @InjectEntity(idProperty = "membership") Membership membership, EventAppender appender) {
        deciding();
        if (!membership.member()) {
            throw new Rejected("not-a-member");
        }
        appender.append(new Left(command.roomId(), command.personId()));
    }

    @CommandHandler
    void handle(Say command, @InjectEntity(idProperty = "membership") Membership membership, EventAppender appender) {
        deciding();
        if (!membership.member()) {
            throw new Rejected("not-a-member");
        }
        appender.append(new Said(command.roomId(), command.personId(), command.text()));
    }

    @CommandHandler
    void handle(
            ClaimName command,
            @InjectEntity(idResolver = NameHolderOf.class) NameHolder holder,
            EventAppender appender) {
        deciding();
        if (holder.holder().isPresent()) {
            throw new Rejected("name-taken");
        }
        appender.append(new NameClaimed(command.personId(), command.name()));
    }

    @CommandHandler
    void handle(LogIn command, EventAppender appender) {
        deciding();
        appender.append(new LoggedIn(command.personId()));
    }

    @CommandHandler
    void handle(Overflow command, EventAppender appender) {
        deciding();
        appender.append(new LoggedIn(command.personId()));
        throw new StackOverflowError("a handler's own");
    }

    static final class NameHolderOf implements EntityIdResolver<NameHolder.Id> {
        @Override
        public NameHolder.Id resolve(Message message, ProcessingContext context) {
            ClaimName command = (ClaimName) message.payload();
            return new NameHolder.Id(command.name(), command.personId());
        }
    }
}
