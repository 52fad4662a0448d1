package app.veza.server.erasure;

import app.veza.command.History;
import app.veza.command.chat.leaveerased.ErasedMemberships;
import app.veza.command.identity.Erasure;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.Erasures;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.Role;
import app.veza.server.node.StoredAttachments;
import app.veza.server.node.StoredErasures;
import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the use case of an erasure needs of the stores. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.COMMAND)
class ErasureWiring {

    @Bean
    Erasure erasure(Erasures erasures) {
        return (person, position) -> erasures.erase(person.toString(), position);
    }

    @Bean
    ErasedFiles erasedFiles(EventLog log, JacksonEventCodec codec, StoredAttachments attachments, Erasures erasures) {
        var files = new ErasedFiles(log, codec, attachments);
        // Once more at a start, for a file whose upload was under way
        erasures.carryOut("uploaded files", person -> files.remove(UUID.fromString(person)));
        return files;
    }

    @Bean
    SmartInitializingSingleton erasedMembers(ErasedMemberships memberships, Erasures erasures) {
        return () -> erasures.carryOut("rooms", person -> memberships.end(UUID.fromString(person)));
    }

    @Bean
    ErasedPlaces erasedPlaces(
            EventLog log,
            Erasures erasures,
            @Qualifier("keyPool") PostgresPool keys,
            ObjectStore objects,
            NodeConfig node,
            ObjectProvider<ProjectionEngine> projections,
            ErasedFiles files,
            History history,
            @Qualifier("primary") PostgresPool primary,
            @Qualifier("replica") PostgresPool replica) {
        return new ErasedPlaces(
                log,
                erasures,
                keys.dataSource(),
                new StoredErasures(objects, node.log().stream()),
                projections,
                files,
                new ErasedRecordings(history, objects),
                List.of(
                        new ErasedRows("primary", primary.dataSource()),
                        new ErasedRows("replica", replica.dataSource())));
    }
}
