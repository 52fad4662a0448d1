package app.veza.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Answers plain HTTP requests beside the sockets. Called on an event loop, so it must not block; the answer may come much
 * later (a blocking playlist reload). {@link #blocking} moves a handler to a virtual thread.
 */
@FunctionalInterface
public interface HttpHandler {

    CompletionStage<HttpAnswer> handle(HttpCall call);

    static HttpHandler blocking(Function<HttpCall, HttpAnswer> handler) {
        return call -> {
            CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
            Thread.ofVirtual().name("gateway-http").start(() -> {
                try {
                    answer.complete(handler.apply(call));
                } catch (Throwable failure) {
                    answer.completeExceptionally(failure);
                }
            });
            return answer;
        };
    }
}
