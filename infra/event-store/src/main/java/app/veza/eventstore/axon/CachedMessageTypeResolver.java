package app.veza.eventstore.axon;

import java.util.Optional;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver;

/** Axon's answer from the annotations, looked for once a class: it is asked for several times an event. */
public final class CachedMessageTypeResolver implements MessageTypeResolver {

    private final ClassValue<Optional<MessageType>> types;

    public CachedMessageTypeResolver() {
        MessageTypeResolver resolver = new AnnotationMessageTypeResolver();
        this.types = new ClassValue<>() {
            @Override
            protected Optional<MessageType> computeValue(Class<?> payloadType) {
                return resolver.resolve(payloadType);
            }
        };
    }

    @Override
    public Optional<MessageType> resolve(Class<?> payloadType) {
        return types.get(payloadType);
    }
}
