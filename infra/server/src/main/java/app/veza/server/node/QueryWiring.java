package app.veza.server.node;

import app.veza.query.QuerySideConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Finds every view. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.QUERY)
@Import(QuerySideConfiguration.class)
class QueryWiring {}
