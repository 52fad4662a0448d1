package app.veza.eventstore.command;

import app.veza.eventstore.axon.DecisionContext;
import java.util.concurrent.CompletableFuture;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.MessageHandlerInterceptor;
import org.axonframework.messaging.core.MessageHandlerInterceptorChain;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageStream.Entry;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;

/** Puts the attempt's {@link DecisionContext} where the storage engine finds it. */
final class DecisionInterceptor implements MessageHandlerInterceptor<CommandMessage> {

    @Override
    public MessageStream<?> interceptOnHandle(
            CommandMessage command, ProcessingContext context, MessageHandlerInterceptorChain<CommandMessage> chain) {
        if (command instanceof CommandToDecide toDecide) {
            context.putResource(DecisionContext.RESOURCE_KEY, toDecide.decision());
        }
        return MessageStream.fromFuture(handle(command, context, chain));
    }

    /**
     * Axon's unit of work guards itself against an {@link Exception} only: with an {@link Error} its future would never
     * complete and its transaction stay open. So the handler runs to its end here and an error leaves as a failure.
     */
    @SuppressWarnings("unchecked")
    private static CompletableFuture<Message> handle(
            CommandMessage command, ProcessingContext context, MessageHandlerInterceptorChain<CommandMessage> chain) {
        try {
            MessageStream<Message> results = (MessageStream<Message>) chain.proceed(command, context);
            return results.first().asCompletableFuture().thenApply(DecisionInterceptor::messageOf);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Message messageOf(Entry<Message> entry) {
        return entry == null ? null : entry.message();
    }
}
