package app.veza.server.node;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** For beans of a node that has a role: see {@code veza.roles}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Conditional(ConditionalOnRole.HasRole.class)
public @interface ConditionalOnRole {

    Role value();

    /** Looks the roles up before any bean exists. */
    final class HasRole implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Role needed = metadata.getAnnotations().get(ConditionalOnRole.class).getEnum("value", Role.class);
            Set<Role> roles = Binder.get(context.getEnvironment())
                    .bind("veza.roles", Bindable.setOf(Role.class))
                    .orElse(EnumSet.allOf(Role.class));
            return roles.contains(needed);
        }
    }
}
