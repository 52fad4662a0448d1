package app.veza.server.node;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The node's configuration as flat properties, for modules that know nothing of Spring. */
final class NodeProperties {

    private NodeProperties() {}

    static Map<String, String> of(Environment environment) {
        Map<String, String> properties = new HashMap<>();
        Binder.get(environment)
                .bind("veza", Bindable.mapOf(String.class, String.class))
                .ifBound(bound -> bound.forEach((key, value) -> properties.put("veza." + key, value)));
        return properties;
    }
}
