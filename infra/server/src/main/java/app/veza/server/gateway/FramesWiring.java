package app.veza.server.gateway;

import app.veza.command.History;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import app.veza.query.streaming.streams.StreamLinks;
import app.veza.server.node.NodeConfig;
import app.veza.server.streaming.StreamHistory;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** How events are told, on nodes of all roles: to sockets and to webhooks alike. */
@Configuration(proxyBeanMethods = false)
class FramesWiring {

    @Bean
    People people(EventLog log, JacksonEventCodec codec, Erasures erasures) {
        People people = new People(log, codec);
        erasures.onErased(person -> people.forget(UUID.fromString(person)));
        return people;
    }

    @Bean
    RoomFrames roomFrames(
            People people, EventLog log, JacksonEventCodec codec, NodeConfig node, JsonMapper json, Erasures erasures) {
        var frames = new RoomFrames(people, new MessageHistory(log::sourceIndexed, codec), node.publicUrl(), json);
        erasures.onErased(person -> frames.forget());
        return frames;
    }

    @Bean
    EventContents eventContents(
            RoomFrames rooms, People people, StreamLinks links, History history, JsonMapper json, EventLog log) {
        return new EventContents(
                rooms, new StreamFrames(new StreamHistory(history)::state, people, links, json), json, log::logId);
    }
}
