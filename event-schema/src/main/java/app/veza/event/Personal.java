package app.veza.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component of an event that tells something about a person; it is text. In the log it is encrypted with the person's own key,
 * and nowhere in clear in a tag, a subject or a header. Once the person is erased it holds {@link Erased#TEXT}.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Personal {

    /** Name of the component that holds the id of the person whom this value is about. */
    String subject() default "personId";
}
