package app.veza.command.http;

import app.veza.command.History;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a {@link LogRead} from the headers. */
final class LogReadArgument implements HandlerMethodArgumentResolver {

    private final History history;

    LogReadArgument(History history) {
        this.history = history;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == LogRead.class;
    }

    @Override
    public LogRead resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return new LogRead(
                history, CommandRequestArgument.minPosition(request.getHeader(CommandRequestArgument.MIN_POSITION)));
    }
}
