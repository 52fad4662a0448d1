package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.eventstore.BackupSidecar;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.LogBackup;
import app.veza.server.journey.Client.Answer;
import app.veza.server.node.S3BackupStore;
import app.veza.stores.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is erased is in no file of any server any more: not in free space of a page, not in an old log, compressed ones aside. */
class PurgeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String USERNAME = "Mnemosyne4712";
    private static final String FORMER_NAME = "Formerly Lesmosyne";
    private static final String NAME = "Quietly Mnemosyne";
    private static final String TEXT = "ambrosiacal nightfall over helicon";
    private static final String EDITED = "hippocrenean waters rise";
    private static final String DELETED = "pieridean secret that was deleted";
    private static final String CLIENT_NAME = "hesiodic-client-name-of-a-message";
    private static final String STREAM = "pegasian hoofbeats on the air";
    private static final String EMAIL = "mnemosyne4712@boeotia.example";
    private static final String WEBHOOK = "https://8.8.8.8/orphic/hymn?token=thracian";
    private static final String PASSWORD = "nine daughters at once";
    private static final String ASIDE = "aganippean spring, as newer code would show it";
    private static final String FILE = "calliopean verses that were kept in a file";

    /** What read models show in clear, and what they showed once. */
    private static final List<String> SHOWN = List.of(
            USERNAME, USERNAME.toLowerCase(java.util.Locale.ROOT), FORMER_NAME, NAME, TEXT, EDITED, DELETED, STREAM);

    @TempDir
    Path directory;

    private final Path mails = EmbeddedPlatform.shared().mailbox().directory().toAbsolutePath();
    private Product product;

    @BeforeEach
    void start() {
        product = new Product(directory, Map.of("veza.projections.retired-for", "1s"));
    }

    @AfterEach
    void stop() {
        product.close();
    }

    @Test
    void nothingOfThemIsLeftInTheFilesOfAnyServer() throws Exception {
        Client client = registered();
        String secret = client.post("/auth/totp/begin", Map.of()).text("secret");
        String room = spoken(client);
        typed(client, room);
        keptAside();
        String key = wrappedKey(client.get("/api/me").text("id"));
        String signedWith = client.post("/api/webhooks", Map.of("url", WEBHOOK, "types", List.of("stream.started")))
                .text("secret");
        assertThat(signedWith).startsWith("whsec_");
        var never = List.of(EMAIL, secret, PASSWORD, WEBHOOK, signedWith, CLIENT_NAME);
        var everything = new ArrayList<>(SHOWN);
        everything.addAll(never);
        String keyInBackup = Base64.getEncoder().encodeToString(key.getBytes(ISO_8859_1));
        everything.add(key);
        everything.add(keyInBackup);
        everything.add(FILE);
        everything.add(ASIDE);

        backedUp();
        flush();
        Map<String, Set<String>> before = search(everything);
        assertThat(before.keySet()).as("where any of it is").containsExactlyInAnyOrder("primary", "replica", "s3");
        assertThat(before.remove("s3")).containsExactlyInAnyOrder(FILE, keyInBackup);
        for (Set<String> found : before.values()) {
            assertThat(found).containsAll(SHOWN).contains(key, ASIDE).doesNotContainAnyElementsOf(never);
        }
        assertThat(search(List.of(room)))
                .as("what is not personal is found in the file of Redis, too")
                .containsKey("redis");

        Answer gone = client.send("DELETE", "/api/me", null);
        assertThat(gone.status()).as(gone.toString()).isEqualTo(202);
        String certificate = URI.create(gone.text("certificateUrl")).getPath();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer shown = product.anonymous().get(certificate);
            assertThat(shown.body().path("complete").asBoolean())
                    .as(shown.toString())
                    .isTrue();
            assertThat(shown.body().path("purged").asBoolean())
                    .as(shown.toString())
                    .isTrue();
        });
        Answer shown = product.anonymous().get(certificate);
        assertThat(shown.body().path("files").findValuesAsString("name"))
                .containsExactly(
                        "backup of the keys (object storage)",
                        "files of the read models (PostgreSQL primary)",
                        "append-only file (Redis)",
                        "files of the keys (PostgreSQL primary)",
                        "write-ahead log (PostgreSQL primary)",
                        "write-ahead log (PostgreSQL replica)");
        assertThat(everything).noneMatch(shown.body().toString()::contains);

        flush();
        assertThat(search(everything)).isEmpty();
        assertThat(RawFiles.search(directory, everything, path -> false)).isEmpty();
        engineersHaveItDoneAtOnce();
    }

    /** That is, without the pause that is made between two. */
    private void engineersHaveItDoneAtOnce() throws SQLException {
        Client operator = product.anonymous().as(Product.OPERATOR_TOKEN);
        String former =
                operator.get("/api/admin/purges").body().at("/last/ended").asString();

        String replay = replayUnderWay();
        Answer asked = operator.post("/api/admin/purges", Map.of());
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        assertThat(asked.body().path("running").asBoolean()).isTrue();
        await().during(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(text("primary", """
                        select count(*)::text from projection.job a join projection.job b on a.requested_at > b.requested_at
                        where a.kind = 'REBUILD' and b.id = '%s'
                        """.formatted(replay)))
                        .as("what a replay reads may be of before")
                        .isEqualTo("0"));
        operator.send("DELETE", "/api/admin/jobs/" + replay, null);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Answer purges = operator.get("/api/admin/purges");
            assertThat(purges.body().at("/last/ended").asString()).isNotEqualTo(former);
            assertThat(purges.body().at("/last/complete").asBoolean())
                    .as(purges.toString())
                    .isTrue();
        });
    }

    /** By a version that no node has: it goes on for as long as nobody cancels it. */
    private String replayUnderWay() throws SQLException {
        return text("primary", """
                insert into projection.job (id, kind, projection, target, version, generation, scratch, row_limit)
                values (gen_random_uuid(), 'REPLAY', 'chat', 'primary', 99, 0, 'then', 0) returning id::text
                """);
    }

    private void backedUp() throws IOException {
        var backup = new LogBackup(
                product.part(EventLogConfig.class),
                new S3BackupStore(product.part(ObjectStore.class)),
                List.of(product.part(BackupSidecar.class)));
        backup.run(false, LogBackup.Listener.SILENT);
    }

    private Client registered() {
        Map<String, String> account =
                Map.of("username", USERNAME, "email", EMAIL, "password", PASSWORD, "displayName", FORMER_NAME);
        assertThat(product.anonymous().post("/auth/register", account).status()).isEqualTo(201);
        Answer login = product.anonymous().post("/auth/login", account);
        Client client = product.anonymous().as(login.text("accessToken"));
        read(client, "/api/me", login.position());
        assertThat(client.send("PATCH", "/api/me", "{\"displayName\":\"" + NAME + "\"}")
                        .status())
                .isEqualTo(200);
        return client;
    }

    /** As by nodes with newer code, for readers who were not led to it yet. */
    private void keptAside() throws SQLException {
        try (var sql = product.database("primary");
                Statement statement = sql.createStatement()) {
            statement.execute("""
                    insert into projection.node (id, runs, code, started_at, beat_at)
                    values ('a node with newer code', '{}', '{chat:99}', now(), now() + interval '1 hour');
                    create schema chat_v99;
                    create table chat_v99.message as select '%s'::text as text;
                    insert into projection.definition (name, version, tables_checksum) values ('chat', 99, '');
                    insert into projection.position (name, version, log_id, position, chain_hash, updated_at)
                    values ('chat', 99, 'of no log', 0, '', now());
                    """.formatted(ASIDE));
        }
    }

    /** Each is read in between, so that each was in the read models, too. */
    private String spoken(Client client) {
        String room = client.post("/api/rooms", Map.of("name", "Helicon", "visibility", "public"))
                .text("roomId");
        String messages = "/api/rooms/" + room + "/messages";
        for (String text : List.of(TEXT, EDITED, DELETED)) {
            Answer said = client.post(messages, Map.of("text", text, "clientMessageId", CLIENT_NAME + text.length()));
            assertThat(said.status()).as(said.toString()).isEqualTo(201);
            read(client, messages, said.position());
            String message = messages + "/" + said.text("messageId");
            if (text.equals(EDITED)) {
                client.send("PATCH", message, "{\"text\":\"something else\"}");
            } else if (text.equals(DELETED)) {
                client.send("DELETE", message, null);
            }
        }
        Answer stream = client.post("/api/streams", Map.of("title", STREAM));
        read(client, "/api/streams/" + stream.text("streamId"), stream.position());
        Map<String, Object> last = Map.of("text", "the last", "attachments", List.of(uploaded(client)));
        read(client, messages, client.post(messages, last).position());
        return room;
    }

    /** No history, but NATS keeps for a day what nodes tell each other. */
    private void typed(Client client, String room) {
        String ticket = client.post("/auth/ws-ticket", Map.of()).text("ticket");
        try (Socket socket = Socket.open("ws://" + product.gateway() + "/ws?ticket=" + ticket, null)) {
            assertThat(socket.ask("typing.start", Map.of("roomId", room))
                            .path("type")
                            .asString())
                    .isEqualTo("ack");
        }
    }

    private static String uploaded(Client client) {
        byte[] content = FILE.getBytes(UTF_8);
        Answer offered = client.post("/api/uploads", Map.of("contentType", "text/plain", "size", content.length));
        assertThat(Client.upload(offered, "text/plain", content)).isEqualTo(200);
        return offered.text("attachmentId");
    }

    private static void read(Client client, String path, long position) {
        Answer read = client.get(path, "Veza-Min-Position", Long.toString(position));
        assertThat(read.status()).as(read.toString()).isEqualTo(200);
    }

    /** In the servers' files; not in those of other tests' databases, nor in mails, which are in their readers' hands. */
    private Map<String, Set<String>> search(List<String> strings) throws SQLException {
        Set<String> ours = Set.of(oid("primary"), oid("analytics"));
        return RawFiles.search(
                mails.getParent().getParent(),
                strings,
                path -> path.equals(mails)
                        || (path.getParent().endsWith("base")
                                && !ours.contains(path.getFileName().toString())));
    }

    /** What servers have in memory is in files then. */
    private void flush() throws SQLException {
        for (String server : List.of("primary", "replica", "analytics")) {
            text(server, "checkpoint; select 'done'");
        }
    }

    private String oid(String server) throws SQLException {
        return text(server, "select oid::text from pg_database where datname = current_database()");
    }

    private String wrappedKey(String person) throws SQLException {
        try (var sql = product.database("primary");
                Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(
                        "select wrapped_key from personal.subject_key where subject = '" + person + "'")) {
            row.next();
            return new String(row.getBytes(1), ISO_8859_1);
        }
    }

    private String text(String server, String query) throws SQLException {
        try (var sql = product.database(server);
                Statement statement = sql.createStatement()) {
            boolean isRows = statement.execute(query);
            if (!isRows) {
                statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
