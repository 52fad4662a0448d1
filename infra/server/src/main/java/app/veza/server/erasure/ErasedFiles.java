package app.veza.server.erasure;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.chat.AttachmentOffered;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.Sourcing;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.server.node.StoredAttachments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;

/** Files that a person uploaded go with them. Where they lie is known from the log alone. */
final class ErasedFiles {

    private final EventLog events;
    private final JacksonEventCodec codec;
    private final StoredAttachments files;

    ErasedFiles(EventLog events, JacksonEventCodec codec, StoredAttachments files) {
        this.events = events;
        this.codec = codec;
        this.files = files;
    }

    /** @throws SdkException when the storage cannot be reached */
    void remove(UUID person) {
        of(person).forEach(files::remove);
    }

    /** How many were offered, and how many of them are there. */
    record Found(int offered, int there) {}

    /** @throws SdkException when the storage cannot be reached */
    Found look(UUID person) {
        List<UUID> offered = of(person);
        return new Found(
                offered.size(), (int) offered.stream().filter(files::isThere).count());
    }

    private List<UUID> of(UUID person) {
        Sourcing offers = events.source(
                Criteria.anyOf(new Criterion(
                        Set.of(EventTypes.nameOf(AttachmentOffered.class)),
                        Set.of(new Tag(EventTags.PERSON, person.toString())))),
                0);
        List<UUID> ids = new ArrayList<>();
        offers.forEachRemaining(event -> ids.add(((AttachmentOffered) codec.decode(event)).attachmentId()));
        return ids;
    }
}
