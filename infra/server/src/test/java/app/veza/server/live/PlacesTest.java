package app.veza.server.live;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.command.Overloaded;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Set<UUID> here = new HashSet<>();
    private final Places places = new Places(3, 2, here::contains);
    private final UUID ann = UUID.randomUUID();

    private UUID takes(UUID person) {
        UUID stream = UUID.randomUUID();
        here.add(stream);
        places.take(stream, person);
        return stream;
    }

    @Test
    void nobodyHasAllOfThem() {
        UUID first = takes(ann);
        takes(ann);
        assertThatThrownBy(() -> takes(ann)).hasMessageContaining("2 streams already");
        assertThatCode(() -> places.take(first, ann)).as("who comes back").doesNotThrowAnyException();
        takes(UUID.randomUUID());
        assertThatThrownBy(() -> takes(UUID.randomUUID())).isInstanceOf(Overloaded.class);
    }

    @Test
    void whatIsNotHereAnyMoreHasNone() {
        UUID first = takes(ann);
        takes(ann);
        here.remove(first);
        assertThatCode(() -> takes(ann)).doesNotThrowAnyException();
    }
}
