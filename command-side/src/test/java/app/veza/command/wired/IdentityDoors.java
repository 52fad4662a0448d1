package app.veza.command.wired;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Where people come in: a platform of its own for each class, a person for each test. */
abstract class IdentityDoors {
    static final String PASSWORD = "correct horse battery";
    static Doors doors;

    /** Each test has a person of its own: all share one platform. */
    final String username = "u." + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void open() {
        doors = new Doors();
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    Doors.Answer register(String... headers) {
        return doors.post("/auth/register", null, registration(username, username + "@example.org"), headers);
    }

    static String registration(String username, String email) {
        return "{\"username\": \"%s\", \"email\": \"%s\", \"password\": \"%s\"}".formatted(username, email, PASSWORD);
    }

    Doors.Answer logIn(String name, String password) {
        return doors.post(
                "/auth/login", null, "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
    }

    static <T> List<T> atOnce(int times, IntFunction<T> call) {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> call.apply(i), callers))
                    .toList();
            return calls.stream().map(CompletableFuture::join).toList();
        }
    }

    static Doors.Answer refresh(String token) {
        return doors.post("/auth/refresh", null, "{\"refreshToken\": \"%s\"}".formatted(token));
    }
}
