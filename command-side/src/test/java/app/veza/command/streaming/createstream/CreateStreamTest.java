package app.veza.command.streaming.createstream;

import app.veza.command.Scenario;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.Visibility;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreateStreamTest {

    @Test
    void aStreamOpens() {
        UUID stream = UUID.randomUUID();
        UUID ann = UUID.randomUUID();

        Scenario.of(new CreateStreamHandler())
                .when(new CreateStream(stream, ann, "Evening jazz", "Live", Visibility.PRIVATE, false))
                .then(new StreamCreated(stream, ann, "Evening jazz", "Live", Visibility.PRIVATE, false));
    }
}
