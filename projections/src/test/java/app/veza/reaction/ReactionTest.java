package app.veza.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.projectionengine.LoggedEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Its thread. */
class ReactionTest {

    @RegisterExtension
    private static final ReactionDatabase database = new ReactionDatabase();

    private static final UUID SOMEBODY = UUID.randomUUID();

    @Test
    void whatCannotBeTidiedUpHoldsUpNothingThatIsToBeSent() throws Exception {
        History log = new History();
        List<Long> sent = new CopyOnWriteArrayList<>();
        try (Reaction reaction = untidy(log, new Outbox(database.source(), "test", "test"), sent)) {
            assertThat(reaction.follow()).isZero();
            log.append(new PersonErased(SOMEBODY));
            reaction.start();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(sent).containsExactly(1L));
        }
    }

    private static Reaction untidy(History log, Outbox entries, List<Long> sent) {
        return new Reaction(log, entries, Duration.ofDays(1), () -> {}) {
            @Override
            protected Collection<UUID> recipients(LoggedEvent event) {
                return List.of(SOMEBODY);
            }

            @Override
            protected boolean deliver() throws SQLException {
                Optional<Outbox.Entry> due = entries.take(Duration.ofMinutes(1));
                due.ifPresent(entry -> sent.add(entry.position()));
                return due.isPresent();
            }

            @Override
            protected void tidy() throws SQLException {
                throw new SQLException("there is too much");
            }
        };
    }
}
