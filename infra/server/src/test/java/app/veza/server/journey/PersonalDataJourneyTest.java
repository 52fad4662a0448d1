package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.chat.MessageSent;
import app.veza.event.identity.PersonRegistered;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import app.veza.server.journey.Client.Answer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a person, in the product as it runs: where it is not to be found, and that it can be made to go for good. */
class PersonalDataJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery";
    private static final String USERNAME = "Zenobia4711";
    private static final String EMAIL = "queen.zenobia@palmyra.example";
    private static final String TEXT = "The caravan leaves at dawn";
    private static final String AGENT = "palmyrene-messenger/7";

    /** Nothing personal: proves that what is in clear would be found, also by LZ4, which would refer to parts that an id or a time has, too. */
    private static final String ROOM = "quizzical-dromedary";

    /** A client may write whatever it wants into it. */
    private static final String CLIENT_MESSAGE_ID = "to-zenobia-of-palmyra";

    private static final List<String> PERSONAL = List.of(
            USERNAME,
            USERNAME.toLowerCase(java.util.Locale.ROOT),
            EMAIL,
            "Zenobia Queen",
            TEXT,
            CLIENT_MESSAGE_ID,
            AGENT,
            "$argon2id$",
            "127.0.0.1");

    @TempDir
    Path directory;

    private Product product;

    @BeforeEach
    void start() {
        product = new Product(directory);
    }

    @AfterEach
    void stop() {
        product.close();
    }

    private record Zenobia(UUID id, Client client, String room, long said) {}

    private Answer register() {
        return product.anonymous()
                .post(
                        "/auth/register",
                        Map.of(
                                "username",
                                USERNAME,
                                "email",
                                EMAIL,
                                "password",
                                PASSWORD,
                                "displayName",
                                "Zenobia Queen"));
    }

    private Answer login() {
        return product.anonymous()
                .post("/auth/login", Map.of("username", USERNAME, "password", PASSWORD), "User-Agent", AGENT);
    }

    private Zenobia lived() {
        Answer registered = register();
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
        assertThat(product.anonymous()
                        .post("/auth/login", Map.of("username", USERNAME, "password", "wrong"), "User-Agent", AGENT)
                        .status())
                .isEqualTo(401);
        Answer login = login();
        Client client = product.anonymous().as(login.text("accessToken"));
        Answer refreshed =
                product.anonymous().post("/auth/refresh", Map.of("refreshToken", login.text("refreshToken")));
        assertThat(refreshed.status()).isEqualTo(200);
        String room = client.post("/api/rooms", Map.of("name", ROOM, "visibility", "public"))
                .text("roomId");
        Answer said = client.post(
                "/api/rooms/" + room + "/messages", Map.of("text", TEXT, "clientMessageId", CLIENT_MESSAGE_ID));
        assertThat(said.status()).as(said.toString()).isEqualTo(201);
        return new Zenobia(UUID.fromString(registered.text("userId")), client, room, said.position());
    }

    @Test
    void nothingPersonalStandsInTheStreamOrInTheIndex() throws Exception {
        lived();
        List<String> messages = stream();
        assertThat(messages).hasSizeGreaterThan(5);
        isEncrypted(String.join("\n", messages));
        isEncrypted(indexed());

        // What it holds in memory is on the disk then; compressed, so that not everything would be found there
        product.close();
        hasNothingPersonal(indexFiles());
    }

    private static void isEncrypted(String text) {
        assertThat(text).contains("$personal");
        hasNothingPersonal(text);
    }

    private static void hasNothingPersonal(String text) {
        assertThat(text.contains(ROOM)).as("what is not personal is found").isTrue();
        assertThat(PERSONAL).noneMatch(text::contains);
    }

    @Test
    void whoIsErasedIsGoneForGood() throws Exception {
        Zenobia zenobia = lived();
        execute("CREATE TABLE backup AS TABLE personal.subject_key");
        assertThat(message(zenobia.said()).text()).isEqualTo(TEXT);

        String certificate = erase(zenobia);
        isGone(zenobia);
        assertThat(zenobia.client().get("/api/me").status())
                .as("the session is over")
                .isEqualTo(401);
        isCertified(zenobia, certificate);
        await().atMost(PATIENCE)
                .until(() -> !product.events("chat.MemberLeft", "room:" + zenobia.room())
                        .isEmpty());
        assertThat(product.causeOf("chat.MemberLeft", "room:" + zenobia.room()))
                .as("what led to it")
                .isEqualTo("identity.PersonErased");
        Answer next = register();
        assertThat(next.status()).as("the name is free: " + next).isEqualTo(201);
        assertThat(login().status()).isEqualTo(200);
        assertThat(zenobia.client()
                        .post("/api/rooms/" + zenobia.room() + "/messages", Map.of("text", "I am still here"))
                        .status())
                .as("an access token outlives its person by minutes, and says nothing more")
                .isEqualTo(401);

        product.restart();
        isGone(zenobia);
        isCertified(zenobia, certificate);

        execute("DELETE FROM personal.subject_key");
        execute("TRUNCATE personal.erased");
        execute("INSERT INTO personal.subject_key TABLE backup");
        product.restart();
        isGone(zenobia);
    }

    private void isGone(Zenobia zenobia) throws SQLException {
        assertThat(message(zenobia.said()).text()).isEqualTo(Erased.TEXT);
        assertThat(registrations(zenobia.id())).allSatisfy(person -> {
            assertThat(Erased.is(person.username())).isTrue();
            assertThat(Erased.is(person.email())).isTrue();
            assertThat(Erased.is(person.passwordHash())).isTrue();
        });
        assertThat(count("SELECT count(*) FROM personal.subject_key WHERE subject = '" + zenobia.id() + "'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM personal.erased WHERE subject = '" + zenobia.id() + "'"))
                .isEqualTo(1);
    }

    /** @return where the certificate is */
    private String erase(Zenobia zenobia) {
        Answer gone = zenobia.client().send("DELETE", "/api/me", null);
        assertThat(gone.status()).as(gone.toString()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> product.part(Erasures.class).position() >= gone.position());
        return URI.create(gone.text("certificateUrl")).getPath();
    }

    private void isCertified(Zenobia zenobia, String certificate) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer shown = product.anonymous().get(certificate);
            assertThat(shown.status()).as(shown.toString()).isEqualTo(200);
            assertThat(shown.text("personId")).isEqualTo(zenobia.id().toString());
            assertThat(shown.body().path("complete").asBoolean())
                    .as(shown.toString())
                    .isTrue();
            assertThat(shown.body().path("places").findValuesAsString("name"))
                    .contains("event log", "keys of personal data", "read model people (primary)");
            assertThat(PERSONAL).noneMatch(shown.body().toString()::contains);
        });
        String forged = certificate.substring(0, certificate.length() - 2) + (certificate.endsWith("A") ? "BB" : "AA");
        assertThat(product.anonymous().get(forged).status()).isEqualTo(404);
    }

    private MessageSent message(long position) {
        RecordedEvent event = product.part(EventLog.class).read(position - 1, 1).getFirst();
        return (MessageSent) product.part(JacksonEventCodec.class).decode(event);
    }

    private List<PersonRegistered> registrations(UUID person) {
        Criteria theirs = Criteria.anyOf(new Criterion(
                Set.of("identity.PersonRegistered"), Set.of(new Tag(EventTags.PERSON, person.toString()))));
        List<PersonRegistered> found = new ArrayList<>();
        product.part(EventLog.class)
                .source(theirs, 0)
                .forEachRemaining(event -> found.add(
                        (PersonRegistered) product.part(JacksonEventCodec.class).decode(event)));
        assertThat(found).hasSize(1);
        return found;
    }

    /** Every message as NATS gives it: subject, headers, payload. */
    private List<String> stream() throws Exception {
        List<String> messages = new ArrayList<>();
        try (Connection nats = Nats.connect(product.property("veza.nats.url"))) {
            JetStreamManagement management = nats.jetStreamManagement();
            String name = product.property("veza.log.stream");
            long last = management.getStreamInfo(name).getStreamState().getLastSequence();
            for (long sequence = 1; sequence <= last; sequence++) {
                MessageInfo message = management.getMessage(name, sequence);
                messages.add(message.getSubject() + "\n" + message.getHeaders().entrySet() + "\n"
                        + new String(message.getData(), StandardCharsets.UTF_8));
            }
        }
        return messages;
    }

    /** Every event as the index gives it. */
    private String indexed() {
        StringBuilder events = new StringBuilder();
        product.part(EventLog.class)
                .read(0, 1000)
                .forEach(event -> events.append(event.tags())
                        .append(event.metadata())
                        .append(new String(event.payload(), StandardCharsets.UTF_8))
                        .append('\n'));
        return events.toString();
    }

    private String indexFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("node/log-index"))) {
            StringBuilder bytes = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return bytes.toString();
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = product.database("primary");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (var connection = product.database("primary");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
