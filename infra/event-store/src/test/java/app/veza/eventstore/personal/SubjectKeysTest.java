package app.veza.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubjectKeysTest {

    private final KeyDatabase database = new KeyDatabase();
    private final String oldKey = AesMasterKey.generate();
    private final MasterKeys master = MasterKeys.ofText(oldKey, "test");

    @AfterEach
    void close() {
        database.close();
    }

    private SubjectKeys node() {
        return SubjectKeys.open(database.source(), master);
    }

    @Test
    void nodesThatMeetSomebodyAtOnceAgreeOnOneKey() throws Exception {
        List<Callable<SubjectKeys.Current>> nodes = IntStream.range(0, 8)
                .<Callable<SubjectKeys.Current>>mapToObj(node -> () -> node().current("ada"))
                .toList();
        Set<SubjectKeys.Current> seen = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<SubjectKeys.Current> answer : threads.invokeAll(nodes)) {
                seen.add(answer.get());
            }
        }
        assertThat(seen).hasSize(1);
        assertThat(database.query("SELECT version FROM personal.subject_key")).hasSize(1);
    }

    @Test
    void anErasureIsForEver() {
        SubjectKeys keys = node();
        keys.current("ada");
        assertThat(keys.table().erase("ada", null)).isTrue();
        assertThat(keys.table().erase("ada", 5L))
                .as("the position was not known yet")
                .isTrue();
        assertThat(keys.table().erase("ada", 9L)).isFalse();
        keys.forget("ada");

        assertThat(keys.version("ada", 1)).isEmpty();
        assertThatThrownBy(() -> keys.current("ada")).isInstanceOf(SubjectErasedException.class);
        assertThatThrownBy(() -> node().rotate("ada")).isInstanceOf(SubjectErasedException.class);
        assertThat(database.query("SELECT subject FROM personal.subject_key")).isEmpty();
        assertThat(database.query("SELECT position FROM personal.erased")).containsExactly("5");
    }

    /** Whoever wins, no key may be left beside a tombstone. */
    @Test
    void anErasureAndAFirstKeyAtTheSameMoment() throws Exception {
        SubjectKeys one = node();
        SubjectKeys other = node();
        List<String> subjects = IntStream.range(0, 100).mapToObj(i -> "s" + i).toList();
        try (var threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> work = new ArrayList<>();
            for (String subject : subjects) {
                work.add(threads.submit(() -> one.table().erase(subject, 1L)));
                work.add(threads.submit(() -> {
                    try {
                        other.current(subject);
                    } catch (SubjectErasedException expected) {
                        assertThat(expected.subject()).isEqualTo(subject);
                    }
                }));
            }
            for (Future<?> done : work) {
                done.get();
            }
        }
        assertThat(database.query("SELECT subject FROM personal.subject_key")).isEmpty();
        assertThat(one.table().buried()).hasSize(100);
    }

    @Test
    void aRotatedKeyEncryptsAndTheEarlierOneStillDecrypts() {
        SubjectKeys node = node();
        SubjectKeys other = node();
        var first = node.current("ada");
        assertThat(other.current("ada")).isEqualTo(first);

        int rotated = node.rotate("ada");
        assertThat(rotated).isGreaterThan(first.version());
        var second = node.current("ada");
        assertThat(second.version()).isEqualTo(rotated);
        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(node.version("ada", first.version())).contains(first.key());
        assertThat(other.version("ada", rotated)).as("made elsewhere").contains(second.key());
    }

    @Test
    void manyAreLoadedWithOneQuestion() {
        List<String> subjects = IntStream.range(0, 500).mapToObj(i -> "s" + i).toList();
        SubjectKeys first = node();
        Map<String, Integer> versions = new HashMap<>();
        subjects.forEach(subject -> versions.put(subject, first.current(subject).version()));
        var source = new SwitchedSource(database.source());
        SubjectKeys second = SubjectKeys.open(source.view(), master);
        int before = source.connections();

        second.prefetch(subjects);
        subjects.forEach(subject ->
                assertThat(second.version(subject, versions.get(subject))).isPresent());
        assertThat(source.connections() - before).isEqualTo(1);
    }

    @Test
    void keysOfAnUnknownMasterKeyAreToldAtTheStart() {
        node().current("ada");
        MasterKeys other = MasterKeys.of(AesMasterKey.parse(AesMasterKey.generate()));
        assertThatThrownBy(() -> SubjectKeys.open(database.source(), other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("master key " + AesMasterKey.parse(oldKey).id());
    }

    @Test
    void theMasterKeyIsChangedWhileNodesRun() {
        SubjectKeys running = node();
        IntStream.range(0, 1200).forEach(i -> running.current("s" + i));
        var key = running.current("s7");
        String newKey = AesMasterKey.generate();
        String newId = AesMasterKey.parse(newKey).id();
        var rotation = new KeyRotation(database.source(), MasterKeys.ofText(newKey + "\n" + oldKey, "test"));
        assertThat(rotation.status().outdated()).isEqualTo(1200);

        List<Long> progress = new ArrayList<>();
        assertThatThrownBy(() -> rotation.rewrap(done -> {
                    progress.add(done);
                    throw new IllegalStateException("interrupted");
                }))
                .hasMessage("interrupted");
        assertThat(rotation.status().outdated()).isEqualTo(700);
        assertThat(rotation.rewrap(progress::add)).isEqualTo(700);
        assertThat(progress).containsExactly(500L, 500L, 700L);
        assertThat(rotation.status().keys()).containsOnlyKeys(newId);
        assertThat(rotation.status()).isEqualTo(new KeyRotation.Status(newId, Map.of(newId, 1200L), 1200, 0));

        SubjectKeys later = SubjectKeys.open(database.source(), MasterKeys.ofText(newKey, "test"));
        assertThat(later.version("s7", key.version())).as("the old one may go").contains(key.key());
        assertThat(running.version("s7", key.version())).contains(key.key());
    }

    /** Keys lie in rows that somebody could exchange. */
    @Test
    void anotherSubjectsKeyIsRefused() {
        SubjectKeys keys = node();
        int version = keys.current("ada").version();
        keys.current("ben");
        database.execute("UPDATE personal.subject_key k SET wrapped_key = o.wrapped_key FROM personal.subject_key o"
                + " WHERE k.subject = 'ada' AND o.subject = 'ben'");
        assertThatThrownBy(() -> node().version("ada", version))
                .hasMessageContaining("Version %d of the key of subject ada is damaged".formatted(version));
    }
}
