package app.veza.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErasedTest {

    @Test
    void marksWhatIsGoneAndNothingElse() {
        assertThat(Erased.is(Erased.TEXT)).isTrue();
        assertThat(Erased.is("")).isFalse();
        assertThat(Erased.is(null)).isFalse();
        assertThat(Erased.or(Erased.TEXT, "somebody")).isEqualTo("somebody");
        assertThat(Erased.or("Ada", "somebody")).isEqualTo("Ada");
    }

    /** Only text can hold the mark, and be encrypted. */
    @Test
    void whatIsPersonalIsText() {
        assertThat(EventTypes.byName().values())
                .flatMap(event -> Arrays.asList(event.getRecordComponents()))
                .filteredOn(component -> component.isAnnotationPresent(Personal.class))
                .isNotEmpty()
                .allSatisfy(component ->
                        assertThat(component.getType()).as(component.toString()).isEqualTo(String.class));
    }

    /** Whom it is about can be found without it. */
    @Test
    void thePersonIsNamedByAComponentThatIsNotPersonalItself() {
        EventTypes.personalFields()
                .forEach((event, fields) -> assertThat(
                                Arrays.stream(EventTypes.byName().get(event).getRecordComponents())
                                        .filter(component -> !component.isAnnotationPresent(Personal.class))
                                        .map(RecordComponent::getName))
                        .as(event)
                        .containsAll(fields.values()));
    }
}
