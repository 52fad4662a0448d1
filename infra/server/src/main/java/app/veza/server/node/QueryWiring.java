package app.veza.server.node;

import app.veza.eventstore.EventLog;
import app.veza.query.QuerySideConfiguration;
import app.veza.query.chat.Departures;
import app.veza.query.chat.attachment.AttachmentLinks;
import app.veza.query.http.PublicUrl;
import app.veza.stores.ObjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Finds every view. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.QUERY)
@Import(QuerySideConfiguration.class)
class QueryWiring {

    @Bean
    PublicUrl publicUrl(NodeConfig node) {
        return new PublicUrl(node.publicUrl());
    }

    @Bean
    Departures departures(EventLog log) {
        return new LastDepartures(log);
    }

    @Bean
    AttachmentLinks attachmentLinks(ObjectStore bucket) {
        return new BucketLinks(bucket);
    }
}
