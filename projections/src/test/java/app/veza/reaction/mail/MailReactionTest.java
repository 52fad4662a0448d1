package app.veza.reaction.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.reaction.ReactionDatabase;
import app.veza.reaction.mail.MailTransport.Outcome;
import app.veza.reaction.mail.Mails.Recipient;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Step by step, as its thread takes them, on a real database. */
class MailReactionTest {

    @RegisterExtension
    private static final ReactionDatabase database = new ReactionDatabase();

    private final UUID ann = UUID.randomUUID();
    private final UUID erased = UUID.randomUUID();
    private final History log = new History();
    private final List<String> sent = new ArrayList<>();
    private final Set<Long> tooMany = new HashSet<>();
    private final List<Boolean> overtaken = new ArrayList<>();
    private Outcome answer = Outcome.SENT;
    private boolean slow;

    private MailReaction reaction() {
        return reaction(log);
    }

    private MailReaction reaction(History events) {
        var secrets = new Mails.Secrets() {
            @Override
            public String toVerifyEmail(UUID person, UUID request) {
                return "verify-" + request;
            }

            @Override
            public String toResetPassword(UUID person, UUID request) {
                return "reset-" + request;
            }
        };
        var mails = new Mails(
                person -> person.equals(ann)
                        ? Optional.of(new Recipient("ann@example.org", "Ann", true))
                        : Optional.empty(),
                secrets,
                null);
        return new MailReaction(
                events,
                database.source(),
                mails,
                event -> tooMany.contains(event.position()),
                (id, mail) -> {
                    sent.add(id + " " + mail.recipient() + " " + mail.subject());
                    if (slow) {
                        slow = false;
                        letAnotherNodeTryFiveMinutesLater();
                    }
                    return answer;
                },
                () -> {});
    }

    private void letAnotherNodeTryFiveMinutesLater() {
        try {
            database.run("update reaction.outbox set due_at = due_at - interval '5 minutes'");
            overtaken.add(reaction().deliver());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void deliverAll(MailReaction reaction) throws SQLException {
        while (reaction.deliver()) {}
    }

    private PasswordResetRequested forgot() {
        return new PasswordResetRequested(ann, UUID.randomUUID(), "ann@example.org", Instant.MAX);
    }

    @Test
    void whatHappenedBeforeIsOver() throws SQLException {
        log.append(forgot());
        MailReaction reaction = reaction();

        assertThat(reaction.follow()).isEqualTo(1);
        deliverAll(reaction);
        assertThat(sent).isEmpty();

        log.append(new PasswordChanged(ann, "hash", true));
        assertThat(reaction.follow()).isEqualTo(2);
        deliverAll(reaction);
        assertThat(sent).containsExactly(log.logId() + ".2." + ann + " ann@example.org Your password was changed");
    }

    @Test
    void oneTooManyIsNotSent() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        tooMany.add(log.append(forgot()));
        log.append(forgot());
        reaction.follow();
        deliverAll(reaction);
        assertThat(sent).hasSize(1);
        deliverAll(reaction);
        assertThat(sent).hasSize(1);
    }

    @Test
    void twoNodesSendEachMailOnce() throws SQLException {
        MailReaction one = reaction();
        MailReaction other = reaction();
        one.follow();
        log.append(forgot(), new ClaimedEmailReused(ann));
        one.follow();
        other.follow();
        other.follow();

        assertThat(other.deliver()).isTrue();
        deliverAll(one);
        deliverAll(other);
        assertThat(sent).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aMailThatIsNotTakenIsTriedAgainUnderTheSameId() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(forgot());
        reaction.follow();
        answer = Outcome.UNAVAILABLE;
        deliverAll(reaction);
        answer = Outcome.SENT;
        deliverAll(reaction);
        assertThat(sent).as("not at once").hasSize(1);

        database.run("update reaction.outbox set due_at = now()");
        deliverAll(reaction());
        deliverAll(reaction());
        assertThat(sent).hasSize(2).containsOnly(sent.getFirst());
    }

    /** So long its server may take to take it. */
    @Test
    void aMailThatIsBeingSentIsNobodyElsesFor5Minutes() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(forgot());
        reaction.follow();
        slow = true;
        assertThat(reaction.deliver()).isTrue();
        assertThat(overtaken).containsExactly(false);
    }

    @Test
    void whoWasErasedIsWrittenNothing() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(new PasswordChanged(erased, "hash", false), new PersonErased(erased));
        reaction.follow();
        deliverAll(reaction);
        assertThat(sent).isEmpty();
    }

    @Test
    void ofALogThatLostItsEndAndDidNotNoticeNothingIsSentUnderItsId() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(new PersonErased(erased), forgot());
        assertThat(reaction.follow()).isEqualTo(2);
        String lost = log.logId();
        log.loseAllBehind(1);
        log.append(new PasswordChanged(ann, "hash", true));

        assertThatThrownBy(reaction::follow).hasMessageContaining("position 2");
        assertThat(log.logId()).isNotEqualTo(lost);
        assertThat(reaction.follow()).isEqualTo(2);
        log.append(new ClaimedEmailReused(ann));
        assertThat(reaction.follow()).isEqualTo(3);
        deliverAll(reaction);
        assertThat(sent).singleElement().asString().startsWith(log.logId() + ".3." + ann);
    }

    /** Its end is that of the log before until it is read: whoever began there would miss all that happens up to it. */
    @Test
    void aLogThatWasRestoredIsFollowedFromItsOwnEnd() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(new PersonErased(erased), forgot(), forgot());
        reaction.follow();
        log.isRestoredTo(1);
        assertThatThrownBy(reaction::follow).hasMessageContaining("not known here yet");
        log.isReadAgain();
        assertThat(reaction.follow()).isEqualTo(1);
        log.append(new PasswordChanged(ann, "hash", true));
        assertThat(reaction.follow()).isEqualTo(2);
        deliverAll(reaction);
        assertThat(sent).singleElement().asString().startsWith(log.logId() + ".2." + ann);
    }

    /** What another node noted of the log in use is not given up by one that knows the log before. */
    @Test
    void whoMayKnowAnOlderLogGivesUpNothing() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(forgot());
        reaction.follow();
        History behind = new History();
        behind.append(new PersonErased(erased));
        behind.isRestoredTo(1);
        assertThatThrownBy(() -> reaction(behind).deliver()).hasMessageContaining("not known here yet");
        database.run("update reaction.outbox set due_at = now()");
        deliverAll(reaction);
        assertThat(sent).hasSize(1);
    }

    /** Of a rolling upgrade: what is known lies behind the position then. */
    @Test
    void thePositionMayBeMovedByCodeThatKnowsNoHash() throws SQLException {
        MailReaction reaction = reaction();
        reaction.follow();
        log.append(forgot());
        reaction.follow();
        log.append(forgot(), forgot());
        database.run("update reaction.position set position = 3");

        assertThat(reaction.follow()).isEqualTo(3);
        log.append(forgot());
        assertThat(reaction.follow()).isEqualTo(4);
    }

    @Test
    void ofALogThatWasReplacedNothingIsSent() throws SQLException {
        MailReaction before = reaction();
        before.follow();
        log.append(forgot());
        before.follow();

        var restored = new History();
        restored.append(new PersonErased(erased), forgot());
        MailReaction after = reaction(restored);
        assertThat(after.follow()).isEqualTo(2);
        deliverAll(after);
        assertThat(sent).isEmpty();
    }
}
