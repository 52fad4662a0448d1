package app.veza.command.http;

import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * An id in a path that is none is malformed, 400, whether or not something could be there. An editor and not a converter:
 * when a converter refuses, Spring tries its own editor, which takes "1-2-3-4-5".
 */
@ControllerAdvice
final class IdsInPaths {

    @InitBinder
    void readStrictly(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new PropertyEditorSupport() {
            @Override
            public void setAsText(String text) {
                setValue(StrictUuid.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("An id is a UUID in its canonical form.")));
            }
        });
    }
}
