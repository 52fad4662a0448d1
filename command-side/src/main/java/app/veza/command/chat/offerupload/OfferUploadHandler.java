package app.veza.command.chat.offerupload;

import app.veza.command.Decider;
import app.veza.event.VezaEvent;
import app.veza.event.chat.AttachmentOffered;
import java.util.List;
import java.util.Optional;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/** Everybody may upload: what limits there are lie in the input. */
@Component
final class OfferUploadHandler implements Decider<OfferUpload, OfferUploadHandler.Nothing> {

    /** There is nothing to know. */
    record Nothing() {}

    @Override
    public Class<OfferUpload> command() {
        return OfferUpload.class;
    }

    @Override
    public Optional<EventCriteria> boundary(OfferUpload command) {
        return Optional.empty();
    }

    @Override
    public Nothing initial() {
        return new Nothing();
    }

    @Override
    public Nothing evolve(Nothing state, VezaEvent event) {
        return state;
    }

    @Override
    public List<VezaEvent> decide(OfferUpload command, Nothing state) {
        return List.of(new AttachmentOffered(
                command.attachmentId(), command.ownerId(), command.contentType(), command.size()));
    }
}
