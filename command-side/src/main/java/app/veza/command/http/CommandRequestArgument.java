package app.veza.command.http;

import app.veza.command.Ids;
import app.veza.command.Rejection;
import app.veza.eventstore.command.CommandOptions;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a {@link CommandRequest} from the headers. */
final class CommandRequestArgument implements HandlerMethodArgumentResolver {

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String MIN_POSITION = "Veza-Min-Position";
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    /** W3C Trace Context, version 00; another one is not understood and not carried on. */
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    /** All who have no token share it. A prefix that no person id begins with. */
    private static final String ANYBODY = "anybody";

    private final CommandKeys keys;

    CommandRequestArgument(CommandKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == CommandRequest.class;
    }

    @Override
    public CommandRequest resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String caller = CallerArgument.current()
                .map(known -> known.personId().toString())
                .orElse(ANYBODY);
        return new CommandRequest(
                keys,
                caller,
                idempotencyKey(request.getHeader(IDEMPOTENCY_KEY)),
                minPosition(request.getHeader(MIN_POSITION)),
                metadata(request.getHeader(CommandOptions.TRACEPARENT)));
    }

    private static @Nullable String idempotencyKey(@Nullable String value) {
        if (value != null && !VISIBLE_ASCII.matcher(value).matches()) {
            throw Rejection.malformed(
                    "/" + IDEMPOTENCY_KEY, IDEMPOTENCY_KEY + " is 1 to 255 visible ASCII characters.");
        }
        return value;
    }

    static long minPosition(@Nullable String value) {
        if (value == null) {
            return 0;
        }
        if (!POSITION.matcher(value).matches()) {
            throw Rejection.malformed(
                    "/" + MIN_POSITION, MIN_POSITION + " is a position: a whole number that is not negative.");
        }
        return Long.parseLong(value);
    }

    private static Map<String, String> metadata(@Nullable String traceparent) {
        if (traceparent != null) {
            var matcher = TRACEPARENT.matcher(traceparent);
            if (matcher.matches()) {
                return Map.of(CommandOptions.TRACEPARENT, traceparent, CommandOptions.CORRELATION, matcher.group(1));
            }
        }
        return Map.of(CommandOptions.CORRELATION, Ids.next().toString());
    }
}
