package app.veza.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CurrentRolesTest {

    private static final List<String> USER = List.of("user");
    private static final List<String> ENGINEER = List.of("user", "engineer");

    private final UUID person = UUID.randomUUID();
    private final AtomicReference<List<String>> roles = new AtomicReference<>(ENGINEER);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Optional<String>> upToDate = new AtomicReference<>(Optional.of("log"));
    private final CurrentRoles current = new CurrentRoles(
            id -> {
                looks.incrementAndGet();
                return roles.get();
            },
            upToDate::get);

    @Test
    void theIndexIsAskedOnce() {
        assertThat(current.apply(person)).isEqualTo(ENGINEER);
        assertThat(current.apply(person)).isEqualTo(ENGINEER);
        assertThat(looks).hasValue(1);
    }

    @Test
    void aChangeThatWasToldTakesEffect() {
        assertThat(current.apply(person)).isEqualTo(ENGINEER);
        roles.set(USER);
        current.changed(person);
        assertThat(current.apply(person)).isEqualTo(USER);
    }

    @Test
    void aChangeThatIsAcknowledgedButNotYetToldTakesEffectToo() {
        assertThat(current.apply(person)).isEqualTo(ENGINEER);
        roles.set(USER);
        upToDate.set(Optional.empty());
        assertThat(current.apply(person)).isEqualTo(USER);
    }

    @Test
    void rolesAreOfOneLogOnly() {
        assertThat(current.apply(person)).isEqualTo(ENGINEER);
        roles.set(USER);
        upToDate.set(Optional.of("restored"));
        assertThat(current.apply(person)).isEqualTo(USER);
    }
}
