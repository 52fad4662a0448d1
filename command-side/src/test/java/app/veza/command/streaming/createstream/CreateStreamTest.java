package app.veza.command.streaming.createstream;

import app.veza.command.Past;
import app.veza.command.Rejection;
import app.veza.command.Scenario;
import app.veza.event.VezaEvent;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.Visibility;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CreateStreamTest {

    private final UUID stream = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final Scenario<CreateStream, Past<VezaEvent>> scenario = Scenario.of(new CreateStreamHandler());

    private StreamCreated created(UUID id) {
        return new StreamCreated(id, ann, "Evening jazz", "Live", Visibility.PRIVATE, false);
    }

    private CreateStream another() {
        return new CreateStream(stream, ann, "Evening jazz", "Live", Visibility.PRIVATE, false);
    }

    @Test
    void aStreamOpens() {
        scenario.when(another()).then(created(stream));
    }

    @Test
    void soManyAreOpenAtATime() {
        VezaEvent[] open = Stream.generate(() -> created(UUID.randomUUID()))
                .limit(CreateStreamHandler.MOST_OPEN)
                .toArray(VezaEvent[]::new);

        scenario.given(open).when(another()).thenRejected(Rejection.Kind.CONFLICT, "too-many-streams");

        VezaEvent[] stopped = Stream.concat(
                        Stream.of(open), Stream.of(new StreamStopped(((StreamCreated) open[0]).streamId(), ann)))
                .toArray(VezaEvent[]::new);
        scenario.given(stopped).when(another()).then(created(stream));
    }
}
