package app.veza.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.LogServers;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.axon.TestLog;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.PersonalFieldsTest.Said;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was erased stays so: in the log, on every node, and after the restore of an older backup of whatever it is. */
public abstract class ErasuresContract {

    private static final String ERASED = "sample.Erased";
    private static final String SAID = "sample.Said";
    private static final ErasureEvents EVENTS = new ErasureEvents(
            ERASED,
            event -> event.tags().iterator().next().value(),
            subject -> event(ERASED, subject, "{}".getBytes(StandardCharsets.UTF_8)));

    private final KeyDatabase database = new KeyDatabase();
    private TestLog testLog;
    private final MasterKeys master = MasterKeys.of(AesMasterKey.parse(AesMasterKey.generate()));
    private final Map<String, Instant> registered = new ConcurrentHashMap<>();
    private final List<Erasures> opened = new ArrayList<>();

    /** That the logs are on. */
    protected abstract LogServers servers();

    @BeforeEach
    void open() {
        testLog = TestLog.on(servers().url(), servers().replicas());
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Erasures erasures : opened) {
            erasures.close();
        }
        testLog.close();
        database.close();
    }

    private class Register implements ErasureRegister {
        @Override
        public void record(String subject, Instant at) {
            registered.putIfAbsent(subject, at);
        }

        @Override
        public Set<String> all() {
            return Set.copyOf(registered.keySet());
        }
    }

    /** One that starts: its keys, its codec and what it does about erasures. */
    private final class Node {
        final EventLog log;
        final SubjectKeys keys;
        final JacksonEventCodec codec;
        final Erasures erasures;

        Node(EventLog log, ErasureRegister register) {
            this(log, register, SubjectKeys.open(database.source(), master));
        }

        Node(EventLog log, ErasureRegister register, SubjectKeys keys) {
            this.log = log;
            this.keys = keys;
            this.codec = PersonalFieldsTest.codec(keys);
            this.erasures = Erasures.open(log, keys, register, EVENTS);
            opened.add(erasures);
        }

        long say(String person, String text) {
            return append(event(SAID, person, codec.encode(SAID, "1", new Said(person, text, null, text.length()))));
        }

        long appendErasure(String person) {
            return append(EVENTS.event().apply(person));
        }

        private long append(NewEvent event) {
            AppendOutcome outcome = log.append(AppendRequest.of(event)).join();
            long position = ((AppendOutcome.Appended) outcome).lastPosition();
            assertThat(log.awaitIndexed(position, Duration.ofSeconds(10))).isTrue();
            return position;
        }

        String textAt(long position) {
            RecordedEvent event = log.read(position - 1, 1).getFirst();
            return ((Said) codec.decode(event)).text();
        }
    }

    private static NewEvent event(String type, String person, byte[] payload) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                type,
                "1",
                Instant.now(),
                List.of(new Tag("person", person)),
                Map.of(),
                payload);
    }

    private Node node() {
        return new Node(testLog.log(), new Register());
    }

    private static final String GONE = "\u001a";

    @Test
    void countsAtOnceHereAndSoonEverywhere() {
        Node here = node();
        Node there = node();
        List<String> toldThere = Collections.synchronizedList(new ArrayList<>());
        there.erasures.onErased(toldThere::add);
        long said = here.say("ada", "remember me");
        long bens = here.say("ben", "me too");
        assertThat(there.textAt(said)).as("its key is in memory there").isEqualTo("remember me");

        long position = here.appendErasure("ada");
        here.erasures.erase("ada", position);

        assertThat(here.textAt(said)).isEqualTo(GONE);
        assertThat(registered).containsKey("ada");
        await().untilAsserted(() -> assertThat(toldThere).contains("ada"));
        assertThat(there.textAt(said)).isEqualTo(GONE);
        assertThat(there.textAt(bens)).isEqualTo("me too");
        assertThat(database.query("SELECT subject FROM personal.subject_key")).containsExactly("ben");
    }

    /** The process ended between the append and what follows from it. */
    @Test
    void isCarriedOutByWhoReadsItInTheLog() {
        Node here = node();
        long said = here.say("ada", "remember me");
        here.appendErasure("ada");
        await().untilAsserted(() -> assertThat(here.textAt(said)).isEqualTo(GONE));
        await().untilAsserted(() -> assertThat(registered).containsKey("ada"));
    }

    @Test
    void aRegisterThatIsAwayHoldsUpNobodysErasure() {
        var away = new AtomicBoolean();
        ErasureRegister register = new Register() {
            @Override
            public void record(String subject, Instant at) {
                if (away.get()) {
                    throw new IllegalStateException("the storage is away");
                }
                super.record(subject, at);
            }
        };
        Node here = new Node(testLog.log(), register);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        here.erasures.onErased(told::add);
        long adas = here.say("ada", "remember me");
        long bens = here.say("ben", "me too");
        away.set(true);

        here.appendErasure("ada");
        long last = here.appendErasure("ben");
        await().untilAsserted(() -> assertThat(here.erasures.position()).isEqualTo(last));
        assertThat(told).contains("ada", "ben");
        assertThat(here.textAt(adas)).isEqualTo(GONE);
        assertThat(here.textAt(bens)).isEqualTo(GONE);
        await().untilAsserted(() -> assertThat(database.query("SELECT subject FROM personal.subject_key"))
                .isEmpty());
        assertThat(registered).isEmpty();

        away.set(false);
        await().untilAsserted(() -> assertThat(registered).containsOnlyKeys("ada", "ben"));
    }

    @Test
    void keysInMemoryAreOfNoUseAlthoughTheirDatabaseIsAway() {
        var source = new SwitchedSource(database.source());
        Node here = new Node(testLog.log(), new Register(), SubjectKeys.open(source.view(), master));
        long said = here.say("ada", "remember me");
        source.switchTo(database.away());
        assertThat(here.textAt(said)).as("its key is in memory").isEqualTo("remember me");

        long position = here.appendErasure("ada");
        await().untilAsserted(() -> assertThat(here.erasures.position()).isEqualTo(position));
        assertThat(here.textAt(said)).isEqualTo(GONE);
        assertThat(database.query("SELECT subject FROM personal.subject_key")).containsExactly("ada");

        source.switchTo(database.source());
        await().untilAsserted(() -> assertThat(database.query("SELECT subject FROM personal.subject_key"))
                .isEmpty());
        assertThat(here.textAt(said)).isEqualTo(GONE);
    }

    @Test
    void aFurtherPlaceIsRidOfThoseOfBeforeToo_andWhoCannotBeErasedThereHoldsUpNobody() {
        Node here = node();
        here.erasures.erase("ada", here.appendErasure("ada"));
        here.erasures.erase("ben", here.appendErasure("ben"));

        Set<String> ridOf = ConcurrentHashMap.newKeySet();
        var refuses = new AtomicBoolean(true);
        here.erasures.carryOut("files", subject -> {
            if (subject.equals("ada") && refuses.get()) {
                throw new IllegalStateException("not allowed");
            }
            ridOf.add(subject);
        });
        here.appendErasure("cleo");
        await().untilAsserted(() -> assertThat(ridOf).containsOnly("ben", "cleo"));

        refuses.set(false);
        await().untilAsserted(() -> assertThat(ridOf).containsOnly("ada", "ben", "cleo"));
    }

    @Test
    void anOlderBackupOfTheKeysBringsNobodyBack() {
        Node before = node();
        long said = before.say("ada", "remember me");
        database.execute("CREATE TABLE backup AS TABLE personal.subject_key");
        before.erasures.erase("ada", before.appendErasure("ada"));

        database.execute("TRUNCATE personal.erased");
        database.execute("INSERT INTO personal.subject_key TABLE backup");
        SubjectKeys restored = SubjectKeys.open(database.source(), master);
        assertThat(restored.table().load(List.of("ada")).keys())
                .as("the restored key would do")
                .containsKey("ada");

        Node after = new Node(testLog.reopen(), new Register());
        assertThat(after.textAt(said)).isEqualTo(GONE);
        assertThat(database.query("SELECT subject FROM personal.subject_key")).isEmpty();
        assertThat(database.query("SELECT subject FROM personal.erased")).containsExactly("ada");
    }

    /** As after a restore of log and keys from before the erasure: only the register knows. */
    @Test
    void anOlderBackupOfLogAndKeysBringsNobodyBack() {
        long said = node().say("ada", "remember me");
        registered.put("ada", Instant.now());

        Node after = node();
        assertThat(after.textAt(said)).isEqualTo(GONE);
        assertThat(erasuresInLog(after.log)).hasSize(1);
        await().untilAsserted(() -> assertThat(database.query("SELECT position FROM personal.erased"))
                .containsExactly("2"));
        node();
        assertThat(erasuresInLog(after.log)).as("appended once").hasSize(1);
    }

    @Test
    void anOlderBackupOfTheLogBringsNobodyBack() {
        Node before = node();
        long said = before.say("ada", "remember me");
        before.keys.table().erase("ada", 99L);

        Node after = node();
        assertThat(after.textAt(said)).isEqualTo(GONE);
        assertThat(erasuresInLog(after.log)).hasSize(1);
        assertThat(registered).containsKey("ada");
    }

    /** While nodes run: numbers that the node has passed mean other events now. */
    @Test
    void aLogInThePlaceOfThisOneIsGivenTheErasuresThatItDoesNotKnow_andItsOwnAreCarriedOut() {
        Node here = node();
        List<String> ridOf = Collections.synchronizedList(new ArrayList<>());
        here.erasures.carryOut("rooms", ridOf::add);
        long kept = here.say("ben", "remember me");
        here.erasures.erase("ada", here.appendErasure("ada"));
        for (int i = 0; i < 5; i++) {
            here.say("ben", "lost");
        }
        long passed = here.log.head();
        await().untilAsserted(() -> assertThat(here.erasures.position()).isEqualTo(passed));
        await().untilAsserted(() -> assertThat(ridOf).containsExactly("ada"));
        String replaced = here.log.logId();

        testLog.restoreTo(kept);
        await().until(() -> !here.log.logId().equals(replaced));
        long bens = await().ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> here.appendErasure("ben"), position -> position > 0);

        assertThat(bens).isLessThan(passed);
        await().untilAsserted(() -> assertThat(ridOf).containsExactlyInAnyOrder("ada", "ada", "ben"));
        assertThat(here.textAt(kept)).isEqualTo(GONE);
        assertThat(erasuresInLog(here.log).stream().map(EVENTS.subject())).containsExactlyInAnyOrder("ada", "ben");
        await().untilAsserted(() -> assertThat(here.erasures.position()).isEqualTo(here.log.head()));
        await().untilAsserted(() -> assertThat(registered).containsOnlyKeys("ada", "ben"));
    }

    @Test
    void withoutTheRegisterNothingIsServed() {
        ErasureRegister away = new ErasureRegister() {
            @Override
            public void record(String subject, Instant at) {
                throw new IllegalStateException("the storage is away");
            }

            @Override
            public Set<String> all() {
                throw new IllegalStateException("the storage is away");
            }
        };
        assertThatThrownBy(() -> new Node(testLog.log(), away)).hasMessage("the storage is away");
    }

    private static List<RecordedEvent> erasuresInLog(EventLog log) {
        List<RecordedEvent> found = new ArrayList<>();
        log.source(Criteria.anyOf(new Criterion(Set.of(ERASED), Set.of())), 0).forEachRemaining(found::add);
        return found;
    }
}
