package app.veza.query;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.VezaEvent;
import app.veza.projection.Projections;
import app.veza.projection.kit.Events;
import app.veza.projection.kit.RunningProjections;
import app.veza.query.analytics.AnalyticsStore;
import app.veza.query.chat.Departures;
import app.veza.query.chat.attachment.AttachmentLinks;
import app.veza.query.http.Caller;
import app.veza.query.http.PublicUrl;
import app.veza.query.http.Reads;
import app.veza.query.streaming.streams.StreamLinks;
import app.veza.stores.PostgresPool;
import app.veza.stores.ReadPositions;
import app.veza.stores.StoresConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The query side as it is wired, over read models that the real projections filled on real servers. */
public final class QuerySideFixture implements AutoCloseable {

    /** Renders problems, as the server's own advice does. */
    @ControllerAdvice
    static final class ProblemAdvice extends ResponseEntityExceptionHandler {}

    private final FreshDatabase database = EmbeddedPlatform.shared().freshDatabase();
    private final RunningProjections projections = RunningProjections.start(Projections.all(), database.properties());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StoresConfig stores = StoresConfig.from(database.properties());
    private final PostgresPool replica = PostgresPool.open(stores.replica(), meters);
    private final PostgresPool primary = PostgresPool.open(stores.primary(), meters);
    private final ReadPositions positions =
            new ReadPositions(replica, primary, () -> projections.history().logId(), meters);
    private final PostgresPool analytics = PostgresPool.open(stores.analytics(), meters);
    private final AnalyticsStore analyticsStore = new AnalyticsStore(
            new ReadPositions(analytics, analytics, () -> projections.history().logId(), meters));
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final MockMvc http;

    public QuerySideFixture() {
        context.registerBean(ReadPositions.class, () -> positions);
        context.registerBean(AnalyticsStore.class, () -> analyticsStore);
        context.registerBean(PublicUrl.class, () -> new PublicUrl(URI.create("https://veza.example")));
        // what is given here is read at the positions that tests ask for
        context.registerBean(Departures.class, () -> person -> 0L);
        context.registerBean(
                AttachmentLinks.class,
                () -> (id, type, isSent) -> URI.create(
                        "https://files.example/%s/%s?type=%s".formatted(isSent ? "sent" : "uploaded", id, type)));
        context.registerBean(StreamLinks.class, () -> new StreamLinks() {
            @Override
            public URI live(UUID stream) {
                return URI.create("https://live.example/" + stream);
            }

            @Override
            public URI recording(UUID stream) {
                return URI.create("https://open.example/" + stream);
            }

            @Override
            public URI recordingFor(Caller caller, UUID stream) {
                return URI.create("https://signed.example/%s/%s".formatted(caller.personId(), stream));
            }
        });
        context.register(QuerySideConfiguration.class);
        context.refresh();
        http = MockMvcBuilders.standaloneSetup(context.getBeansWithAnnotation(RestController.class)
                        .values()
                        .toArray())
                .setMessageConverters(converters())
                .setCustomArgumentResolvers(new AuthenticationPrincipalArgumentResolver())
                .setControllerAdvice(new ProblemAdvice())
                .addFilters(context.getBean(app.veza.query.http.ContentETags.class))
                .build();
    }

    private HttpMessageConverter<?>[] converters() {
        HttpMessageConverters.ServerBuilder converters =
                HttpMessageConverters.forServer().registerDefaults();
        context.getBeansOfType(HttpMessageConverter.class).values().forEach(converters::addCustomConverter);
        return StreamSupport.stream(converters.build().spliterator(), false).toArray(HttpMessageConverter<?>[]::new);
    }

    /** @return position of the last event, which every projection has reached */
    public long given(VezaEvent... events) {
        return projections.given(events);
    }

    /** As {@link #given(VezaEvent...)}, all of them at one time. */
    public long given(Instant at, VezaEvent... events) {
        return projections.given(at, events);
    }

    /** An answer, its body read. */
    public record Answer(int status, JsonNode body, MockHttpServletResponse response) {

        public List<String> strings(String array, String path) {
            return body.path(array)
                    .valueStream()
                    .map(item -> item.at(path).asString())
                    .toList();
        }

        public String problem() {
            return body.path("type").asString().replace("https://veza.app/problems/", "");
        }

        public String pointer() {
            return body.at("/errors/0/pointer").asString();
        }
    }

    /** Gets {@code path} as {@code person}, with everything given so far. */
    public Answer as(String person, String path) {
        return as(person, path, upToNow());
    }

    /** As who looks after the platform. */
    public Answer asModerator(String person, String path) {
        return as(person, List.of("user", "moderator"), path, upToNow());
    }

    private Map<String, String> upToNow() {
        return Map.of(Reads.MIN_POSITION, Long.toString(projections.history().head()));
    }

    public Answer as(String person, String path, Map<String, String> headers) {
        return as(person, List.of("user"), path, headers);
    }

    private Answer as(String person, List<String> roles, String path, Map<String, String> headers) {
        Jwt token = Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .subject(Events.id(person).toString())
                .claim("sid", Events.id(person + "'s session").toString())
                .claim("roles", roles)
                .build();
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(token, null));
        try {
            HttpHeaders all = new HttpHeaders();
            headers.forEach(all::set);
            MockHttpServletResponse response =
                    http.perform(get(URI.create(path)).headers(all)).andReturn().getResponse();
            boolean json = String.valueOf(response.getContentType()).contains("json");
            return new Answer(
                    response.getStatus(),
                    json ? JsonMapper.shared().readTree(response.getContentAsByteArray()) : MissingNode.getInstance(),
                    response);
        } catch (Exception e) {
            throw new IllegalStateException("GET " + path + " failed", e);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    public PostgresPool replica() {
        return replica;
    }

    public RunningProjections projections() {
        return projections;
    }

    @Override
    public void close() {
        context.close();
        positions.close();
        replica.close();
        primary.close();
        analyticsStore.close();
        analytics.close();
        projections.close();
        database.close();
    }
}
