package app.veza.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Says whose a handshake is, from its headers ({@code Authorization}) or its query ({@code ?ticket=}), and whether this
 * route is open to that principal. Called on an event loop, so it must not block; {@link #blocking} moves it off.
 */
@FunctionalInterface
public interface Authenticator {

    CompletionStage<Authentication> authenticate(Handshake handshake);

    /** Runs {@code decide} on a virtual thread of its own. */
    static Authenticator blocking(Function<Handshake, Authentication> decide) {
        return handshake -> {
            CompletableFuture<Authentication> outcome = new CompletableFuture<>();
            Thread.ofVirtual().name("gateway-authenticate").start(() -> {
                try {
                    outcome.complete(decide.apply(handshake));
                } catch (Throwable failure) {
                    outcome.completeExceptionally(failure);
                }
            });
            return outcome;
        };
    }
}
