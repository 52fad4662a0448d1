package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.command.identity.password.Passwords;
import app.veza.server.journey.Client.Answer;
import app.veza.stores.Redis;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a proxy on this machine: who guesses somebody's password is slowed down, and whose it is is not, where they came in before. */
class LoginDelaysTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String HOME = "192.0.2.100";
    private static final String ABROAD = "192.0.2.200";

    @TempDir
    static Path directory;

    private static Product product;

    private final String username = "owner" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() {
        product = new Product(directory, Map.of("veza.http.trusted-proxies", "127.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        product.close();
    }

    private void register() {
        Answer registered = product.anonymous()
                .post(
                        "/auth/register",
                        Map.of("username", username, "email", username + "@example.org", "password", PASSWORD));
        assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    }

    private Answer logIn(String password, String address) {
        return product.anonymous()
                .post("/auth/login", Map.of("username", username, "password", password), "X-Forwarded-For", address);
    }

    private void guess(int times, String address) {
        for (int i = 0; i < times; i++) {
            assertThat(logIn("guess number " + i, address).status()).isEqualTo(401);
        }
    }

    private static RedisCommands<String, String> redis() {
        return product.part(Redis.class).connection().sync();
    }

    private static List<String> keys(String kind) {
        return redis().keys(product.property("veza.redis.key-prefix") + "login:" + kind + ":*");
    }

    @Test
    void whoGuessesIsSlowedDownAndTheOwnerElsewhereIsNot() {
        register();
        guess(5, "198.51.100.1");
        Answer slowed = logIn(PASSWORD, "198.51.100.1");
        assertThat(slowed.status()).as(slowed.toString()).isEqualTo(429);
        assertThat(logIn(PASSWORD, ABROAD).status()).isEqualTo(200);
    }

    /** The wait of twenty failures is a second, of more of them up to a quarter of an hour: so many are put there. */
    @Test
    void whoeverGuessesFromEverywhereKeepsTheOwnerOutOfNoPlaceTheyCameInFrom() {
        List<String> others = keys("failures:account");
        register();
        assertThat(logIn(PASSWORD, HOME).status()).isEqualTo(200);
        for (int address = 1; address <= 4; address++) {
            guess(address == 4 ? 4 : 5, "198.51.100." + (10 + address));
        }
        List<String> counted = keys("failures:account");
        counted.removeAll(others);
        assertThat(counted).hasSize(1);
        assertThat(redis().get(counted.getFirst())).isEqualTo("19");
        assertThat(redis().exists(counted.getFirst().replace(":failures:", ":wait:")))
                .isZero();

        redis().set(counted.getFirst(), "40");
        guess(1, "198.51.100.20");

        for (String stranger : List.of("198.51.100.21", ABROAD)) {
            Answer slowed = logIn(PASSWORD, stranger);
            assertThat(slowed.status()).as(slowed.toString()).isEqualTo(429);
            assertThat(slowed.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(600L, 900L);
        }
        assertThat(logIn(PASSWORD, HOME).status()).isEqualTo(200);
    }

    /** Later than any session ends: who was signed in all the time is not kept out where they are. */
    @Test
    void whereTheOwnerCameInFromIsRememberedForLongerThanASessionLives() {
        List<String> others = keys("places");
        register();
        Answer login = logIn(PASSWORD, HOME);
        List<String> places = keys("places");
        places.removeAll(others);
        assertThat(places).hasSize(1);
        assertThat(redis().ttl(places.getFirst()))
                .isBetween(Duration.ofDays(89).toSeconds(), Duration.ofDays(90).toSeconds());
        for (int i = 0; i < 60; i++) {
            redis().zadd(places.getFirst(), 1_000 + i, "elsewhere" + i);
        }
        assertThat(logIn(PASSWORD, ABROAD).status()).isEqualTo(200);
        assertThat(redis().zcard(places.getFirst())).as("the last ones").isEqualTo(50);

        Client client = product.anonymous().as(login.text("accessToken"));
        assertThat(client.send("DELETE", "/api/me", null).status()).isEqualTo(202);
        assertThat(redis().exists(places.getFirst()))
                .as("nothing for the name's next owner")
                .isZero();
    }

    /** Else one guess now and then would keep them waiting for ever. */
    @Test
    void whatIsCountedEndsAnHourAfterTheFirst() {
        List<String> others = keys("failures:account");
        register();
        guess(1, "198.51.100.40");
        List<String> counted = keys("failures:account");
        counted.removeAll(others);
        redis().expire(counted.getFirst(), 60);
        guess(1, "198.51.100.41");

        assertThat(redis().get(counted.getFirst())).isEqualTo("2");
        assertThat(redis().ttl(counted.getFirst())).isBetween(1L, 60L);
    }

    /** As of an office, behind whose address somebody guesses others' passwords. */
    @Test
    void whoSignedInWhereOthersAreGuessedIsLetIn() {
        String office = "203.0.113.7";
        List<String> others = keys("failures:address");
        register();
        assertThat(logIn(PASSWORD, office).status()).isEqualTo(200);
        Map<String, String> guessed = Map.of("username", "somebody" + username, "password", "a guess of it");
        assertThat(product.anonymous()
                        .post("/auth/login", guessed, "X-Forwarded-For", office)
                        .status())
                .isEqualTo(401);
        List<String> counted = keys("failures:address");
        counted.removeAll(others);
        redis().set(counted.getFirst(), "120", SetArgs.Builder.keepttl());
        assertThat(product.anonymous()
                        .post("/auth/login", guessed, "X-Forwarded-For", office)
                        .status())
                .isEqualTo(401);

        assertThat(product.anonymous()
                        .post("/auth/login", guessed, "X-Forwarded-For", office)
                        .status())
                .isEqualTo(429);
        assertThat(logIn(PASSWORD, office).status()).isEqualTo(200);
    }

    /** At once, as one after the other: few are looked at before the first counts. */
    @Test
    void whoeverSendsManyGuessesAtOnceHasFewOfThemChecked() {
        register();
        Passwords passwords = product.part(Passwords.class);
        long before = passwords.hashings();
        int guesses = 40;
        List<Integer> statuses;
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            statuses = IntStream.range(0, guesses)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> logIn("guess number " + i, "198.51.100.30").status(), callers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
        assertThat(statuses).containsOnly(401, 429);
        long checked = statuses.stream().filter(status -> status == 401).count();
        assertThat(checked).isBetween(5L, guesses / 2L);
        await().atMost(Duration.ofSeconds(60)).until(() -> passwords.hashings() - before == checked);
    }
}
