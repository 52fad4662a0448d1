package app.veza.eventstore.personal;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.eventstore.json.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Encrypts the personal fields of payloads. In place of the text stands {@code {"$personal": "<version>.<base64url>", "of": "<name of the
 * field with the subject>"}}: a stored event tells itself what to do, whatever is declared personal since. A ciphertext is good for its
 * event type, field and subject only.
 */
public final class PersonalFields implements PayloadTransform {

    private static final String MARK = "$personal";
    private static final String OF = "of";
    private static final byte[] QUOTED_MARK = ('"' + MARK + '"').getBytes(StandardCharsets.US_ASCII);
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder TO_BYTES = Base64.getUrlDecoder();

    private final AesGcm aes = new AesGcm();
    private final Map<String, Map<String, String>> fields;
    private final String subjectTag;
    private final SubjectKeys keys;
    private final String erased;

    /**
     * @param fields by the type of an event the names of its personal fields, each with that of the field that holds the subject's id
     * @param subjectTag tag key whose values are mostly the subjects: their keys are loaded ahead
     * @param erased the text that is read in place of what an erased subject's was
     */
    public PersonalFields(Map<String, Map<String, String>> fields, String subjectTag, SubjectKeys keys, String erased) {
        Map<String, Map<String, String>> byType = new HashMap<>();
        fields.forEach((type, personal) -> {
            if (!personal.isEmpty()) {
                byType.put(type, Map.copyOf(personal));
            }
        });
        this.fields = Map.copyOf(byType);
        this.subjectTag = subjectTag;
        this.keys = keys;
        this.erased = erased;
    }

    @Override
    public boolean appliesTo(String type, String revision) {
        return fields.containsKey(type);
    }

    /** By the mark in it, where nothing is personal today: in a text its quotes would be escaped. */
    @Override
    public boolean appliedTo(String type, String revision, byte[] stored) {
        return fields.containsKey(type) || isMarked(stored);
    }

    private static boolean isMarked(byte[] stored) {
        int length = QUOTED_MARK.length;
        for (int i = 0; i <= stored.length - length; i++) {
            if (stored[i + 1] == '$' && Arrays.equals(stored, i, i + length, QUOTED_MARK, 0, length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * @throws AppendFailure.Invalid when a personal field is no text, or nobody is named whom it is about
     * @throws SubjectErasedException when they were erased
     * @throws KeysUnavailableException when their key cannot be had now
     */
    @Override
    public ObjectNode toStored(String type, String revision, ObjectNode payload) {
        fields.getOrDefault(type, Map.of()).forEach((field, of) -> {
            JsonNode value = payload.get(field);
            if (value == null || value.isNull()) {
                return;
            }
            if (!value.isString()) {
                throw new AppendFailure.Invalid(
                        "%s.%s is personal and no text: only text can be".formatted(type, field));
            }
            String subject = subject(payload, of);
            if (subject == null) {
                throw new AppendFailure.Invalid(
                        "%s.%s is personal and nobody is named in %s whom it is about".formatted(type, field, of));
            }
            payload.set(field, sealed(type, field, of, subject, value.stringValue()));
        });
        return payload;
    }

    /**
     * @throws UnreadablePayloadException when a field was changed or moved, or a key is lost
     * @throws KeysUnavailableException when a key cannot be had now
     */
    @Override
    public ObjectNode fromStored(String type, String revision, ObjectNode stored) {
        for (Map.Entry<String, JsonNode> field : stored.properties()) {
            if (field.getValue() instanceof ObjectNode value && value.get(MARK) instanceof JsonNode mark) {
                field.setValue(JsonNodeFactory.instance.stringNode(opened(type, field.getKey(), stored, value, mark)));
            }
        }
        return stored;
    }

    @Override
    public void prefetch(List<RecordedEvent> events) {
        // Few people say much: most of a batch is about somebody who is in the set already
        Set<String> subjects = new HashSet<>();
        for (RecordedEvent event : events) {
            if (appliedTo(event.type(), event.revision(), event.payload())) {
                for (Tag tag : event.tags()) {
                    if (tag.key().equals(subjectTag)) {
                        subjects.add(tag.value());
                    }
                }
            }
        }
        keys.prefetch(subjects);
    }

    private ObjectNode sealed(String type, String field, String of, String subject, String text) {
        SubjectKeys.Current key = keys.current(subject);
        byte[] sealed = aes.seal(
                key.key(), context(type, field, subject, key.version()), text.getBytes(StandardCharsets.UTF_8));
        return JsonNodeFactory.instance
                .objectNode()
                .put(MARK, key.version() + "." + TO_TEXT.encodeToString(sealed))
                .put(OF, of);
    }

    private String opened(String type, String field, ObjectNode stored, ObjectNode value, JsonNode mark) {
        String of = value.path(OF).asString("");
        String subject = subject(stored, of);
        String text = mark.asString("");
        int dot = text.indexOf('.');
        if (subject == null || dot < 1) {
            throw unreadable(type, field, null);
        }
        try {
            int version = Integer.parseInt(text, 0, dot, 10);
            Optional<SecretKey> key = keys.version(subject, version);
            if (key.isEmpty()) {
                return erased;
            }
            byte[] sealed = TO_BYTES.decode(text.substring(dot + 1));
            byte[] plain = aes.open(key.get(), context(type, field, subject, version), sealed);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw unreadable(type, field, damaged);
        }
    }

    private static @Nullable String subject(ObjectNode payload, String of) {
        JsonNode subject = payload.get(of);
        return subject == null || !subject.isString() || subject.stringValue().isBlank() ? null : subject.stringValue();
    }

    private static byte[] context(String type, String field, String subject, int version) {
        return (type + '\0' + field + '\0' + subject + '\0' + version).getBytes(StandardCharsets.UTF_8);
    }

    private static UnreadablePayloadException unreadable(String type, String field, @Nullable Exception cause) {
        return new UnreadablePayloadException(
                "The stored %s.%s is not what was encrypted for this event, field and subject".formatted(type, field),
                cause);
    }
}
