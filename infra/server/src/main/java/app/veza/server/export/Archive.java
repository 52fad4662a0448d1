package app.veza.server.export;

import app.veza.event.chat.AttachmentOffered;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.RolesChanged;
import app.veza.server.node.StoredAttachments;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A zip of JSON documents: {@code about.json}, {@code profile.json}, below {@code history/} one document for each kind of event that there
 * is of the person, and their files below {@code attachments/}. Written as it is read, so its size is bounded by nothing here.
 */
@Component
final class Archive {

    private final PersonalHistory history;
    private final StoredAttachments attachments;
    private final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    Archive(PersonalHistory history, StoredAttachments attachments) {
        this.history = history;
        this.attachments = attachments;
    }

    /**
     * @param upTo position of the last event that it holds
     * @throws IOException when who is to take it is gone
     */
    void write(UUID person, long upTo, Instant now, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        document(zip, "about.json", about(person, upTo, now));
        document(zip, "profile.json", profile(person, upTo));
        for (String type : PersonalHistory.types()) {
            try (var events = history.of(person, type, upTo)) {
                var all = events.iterator();
                if (all.hasNext()) {
                    begin(zip, "history/" + type + ".json");
                    try (var array = json.writer().writeValuesAsArray(zip)) {
                        while (all.hasNext()) {
                            array.write(all.next());
                        }
                    }
                    zip.closeEntry();
                }
            }
        }
        files(zip, person, upTo);
        zip.finish();
    }

    private static Map<String, Object> about(UUID person, long upTo, Instant now) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("personId", person);
        about.put("exportedAt", now);
        about.put("upToPosition", upTo);
        about.put(
                "contents",
                "profile.json is what is known of the person now; history/ has everything that happened, a document for each kind"
                        + " of event, in order; attachments/ holds the files that were uploaded, named by their ids. Passwords and"
                        + " keys are nowhere in it, and neither is what others wrote.");
        return about;
    }

    private Map<String, Object> profile(UUID person, long upTo) {
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("id", person);
        one(history.of(person, PersonRegistered.class, upTo)).ifPresent(registered -> {
            profile.put("username", registered.username());
            profile.put("displayName", registered.displayName());
            profile.put("email", registered.email());
        });
        last(history.of(person, ProfileChanged.class, upTo))
                .ifPresent(changed -> profile.put("displayName", changed.displayName()));
        var verified = last(history.of(person, EmailVerified.class, upTo));
        verified.ifPresent(claimed -> profile.put("email", claimed.email()));
        profile.put("emailVerified", verified.isPresent());
        profile.put(
                "roles",
                last(history.of(person, RolesChanged.class, upTo))
                        .<List<?>>map(RolesChanged::roles)
                        .orElse(List.of("USER")));
        return profile;
    }

    private void files(ZipOutputStream zip, UUID person, long upTo) {
        history.of(person, AttachmentOffered.class, upTo)
                .forEach(offered -> attachments.content(offered.attachmentId()).ifPresent(content -> {
                    try (content) {
                        begin(zip, "attachments/" + offered.attachmentId());
                        content.transferTo(zip);
                        zip.closeEntry();
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    }
                }));
    }

    private void document(ZipOutputStream zip, String name, Object content) throws IOException {
        begin(zip, name);
        json.writeValue(zip, content);
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
    }

    private static <T> Optional<T> one(Stream<T> events) {
        return events.findFirst();
    }

    private static <T> Optional<T> last(Stream<T> events) {
        return events.reduce((earlier, later) -> later);
    }
}
