package app.veza.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.Test;

class PersonalTagsTest {

    private final PersonalTags tags = new PersonalTags(Set.of("name", "mail"), secret("the platform key"));
    private final CriteriaTranslation translation = new CriteriaTranslation(tags);

    @Test
    void aPersonalValueIsItsHashUnderThePlatformKey() {
        // printf 'name\0ada' | openssl dgst -sha256 -hmac 'the platform key' -binary | basenc --base64url
        assertThat(tags.storedValue("name", "ada")).isEqualTo("EeumKLHteFPflA1_MsdWF6ue0TF6tyAxS9mWnJHjBUU");
    }

    @Test
    void otherValuesStayAsTheyAre() {
        assertThat(tags.storedValue("room", "ada")).isEqualTo("ada");
    }

    @Test
    void theSameValueDiffersByKeyAndBySecret() {
        assertThat(tags.storedValue("mail", "ada")).isNotEqualTo(tags.storedValue("name", "ada"));
        assertThat(new PersonalTags(Set.of("name"), secret("another secret key")).storedValue("name", "ada"))
                .isNotEqualTo(tags.storedValue("name", "ada"));
    }

    @Test
    void whatIsAppendedIsWhatIsLookedFor() {
        List<Tag> appended = translation.tags(List.of(axonTag("person", "1"), axonTag("name", "ada")));
        Criteria lookedFor = translation.criteria(
                EventCriteria.havingTags(axonTag("name", "ada")).andBeingOneOfTypes("sample.NameClaimed"));

        assertThat(appended).extracting(Tag::key).containsExactly("person", "name");
        assertThat(appended).noneMatch(tag -> tag.value().contains("ada"));
        assertThat(lookedFor.matches("sample.NameClaimed", appended)).isTrue();
        assertThat(lookedFor.matches("sample.NameFreed", appended)).isFalse();
    }

    @Test
    void criteriaWithoutAnyMatchEverything() {
        assertThat(translation.criteria(EventCriteria.havingAnyTag())).isEqualTo(Criteria.everything());
    }

    @Test
    void typesAloneAreACriterion() {
        assertThat(translation.criteria(EventCriteria.havingAnyTag().andBeingOneOfTypes("a.B", "a.C")))
                .isEqualTo(Criteria.anyOf(new Criterion(Set.of("a.B", "a.C"), Set.of())));
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PersonalTags(Set.of("name"), secret("short")));
    }

    private static byte[] secret(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static org.axonframework.messaging.eventstreaming.Tag axonTag(String key, String value) {
        return new org.axonframework.messaging.eventstreaming.Tag(key, value);
    }
}
