package app.veza.projection.replica.streams;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.privateStream;
import static app.veza.projection.kit.Events.streamCreated;
import static app.veza.projection.kit.Events.streamStopped;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StreamsProjectionTest {

    @Test
    void aStreamIsCreatedAndEnds() throws Exception {
        History history = new History();
        history.append(streamCreated("jazz", "ada"), privateStream("rehearsal", "bob"), streamStopped("jazz", "ada"));
        try (var database = EmbeddedPlatform.shared().freshDatabase();
                var tables = ProjectorTables.create(new StreamsProjection(), database)) {
            var events = history.seenBy(new StreamsProjection());
            events.forEach(event -> tables.apply(java.util.List.of(event)));
            var oneByOne = tables.rows();
            tables.clear();
            tables.apply(events);

            assertThat(tables.rows()).isEqualTo(oneByOne);
            assertThat(tables.dsl().fetch("select * from view.streams order by created_position"))
                    .satisfiesExactly(
                            jazz -> {
                                assertThat(jazz.intoMap())
                                        .containsEntry("stream_id", id("jazz"))
                                        .containsEntry("broadcaster_id", id("ada"))
                                        .containsEntry("title", "jazz")
                                        .containsEntry("description", null)
                                        .containsEntry("visibility", "public")
                                        .containsEntry("record", true)
                                        .containsEntry("state", "ended")
                                        .containsEntry("created_position", 1L)
                                        .containsEntry("started_at", null);
                                assertThat(jazz.get("ended_at", OffsetDateTime.class))
                                        .isEqualTo(History.timeOf(3).atOffset(ZoneOffset.UTC));
                            },
                            rehearsal -> assertThat(rehearsal.intoMap())
                                    .containsEntry("visibility", "private")
                                    .containsEntry("description", "a rehearsal")
                                    .containsEntry("record", false)
                                    .containsEntry("state", "created")
                                    .containsEntry("ended_at", null));
        }
    }
}
