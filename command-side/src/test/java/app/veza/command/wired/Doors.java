package app.veza.command.wired;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import app.veza.command.CommandDoors;
import app.veza.command.CommandSideConfig;
import app.veza.command.CommandSideConfiguration;
import app.veza.command.Rejection;
import app.veza.command.UseCases;
import app.veza.command.chat.offerupload.UploadAllowance;
import app.veza.command.identity.Erasure;
import app.veza.command.identity.LoginDelays;
import app.veza.command.identity.openid.ExternalAccount;
import app.veza.command.identity.openid.ProvenAccounts;
import app.veza.command.identity.token.SigningKeys;
import app.veza.command.notification.WebhookAnswers;
import app.veza.command.streaming.createstream.OwnLinks;
import app.veza.eventstore.command.CommandExecutor;
import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The whole command side as Spring finds it, its doors open to requests without a network. */
public final class Doors implements AutoCloseable {

    static final CommandSideConfig CONFIG = CommandSideConfig.of(
            "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII),
            Path.of("target", "signing-keys"),
            URI.create("https://veza.example"),
            "veza",
            URI.create("https://veza.example/base"),
            URI.create("wss://ws.veza.example/base"));

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @Import({CommandSideConfiguration.class, CommandDoors.class})
    static class Platform {

        @Bean
        CommandSideConfig config() {
            return CONFIG;
        }

        /** What is done to keys is tested where keys are. */
        @Bean
        Erasure erasure() {
            return (person, position) -> {};
        }

        /** Providers are asked where their client is: here nobody was ever vouched for. */
        @Bean
        ProvenAccounts provenAccounts() {
            return new ProvenAccounts() {
                @Override
                public Optional<ExternalAccount> look(String code, @Nullable String verifier) {
                    return Optional.empty();
                }

                @Override
                public boolean take(String code) {
                    return false;
                }
            };
        }

        /** Links are signed where playlists are served. */
        @Bean
        OwnLinks ownLinks() {
            return (broadcaster, stream) -> URI.create("https://veza.example/live/" + stream + "/s/signed/master.m3u8");
        }

        /** What Redis keeps is tested where Redis is. */
        @Bean
        LoginDelays delays() {
            return new LoginDelays() {
                @Override
                public Duration before(String usernameKey, String address) {
                    return Duration.ZERO;
                }

                @Override
                public Duration failed(String usernameKey, String address) {
                    return Duration.ZERO;
                }

                @Override
                public void succeeded(String usernameKey, String address) {}

                @Override
                public void forget(String usernameKey) {}
            };
        }

        @Bean
        RealLog log(UseCases useCases) {
            return new RealLog(useCases);
        }

        @Bean
        CommandExecutor executor(RealLog log) {
            return log.commandSide().executor();
        }

        /** The bucket is the server's: here a file is there once a test says so. */
        @Bean
        UploadedFiles attachments() {
            return new UploadedFiles();
        }

        @Bean
        UploadAllowance uploads() {
            return (person, address, bytes) -> {};
        }

        /** Names are looked up by the server: here one is good for as long as no test says otherwise. */
        @Bean
        KnownHosts targets() {
            return new KnownHosts();
        }

        /** Webhooks are told nothing here. */
        @Bean
        WebhookAnswers answers() {
            return webhooks -> Map.of();
        }

        @Bean
        EventStorageEngine engine(RealLog log) {
            return log.commandSide().configuration().getComponent(EventStorageEngine.class);
        }
    }

    /** What a door answered; a rejection stands for the problem that the server makes of it. */
    record Answer(
            int status,
            String body,
            Map<String, String> headers,
            @Nullable Rejection rejection) {

        <T> T json(String path) {
            return JsonPath.read(body, path);
        }
    }

    private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private final MockMvc mvc;
    private final JwtDecoder tokens;

    public Doors() {
        context.setServletContext(new MockServletContext());
        context.register(Platform.class);
        context.refresh();
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
        tokens = decoder(context.getBean(SigningKeys.class));
    }

    /** All that is in the log. */
    public List<Object> events() {
        return context.getBean(RealLog.class).events();
    }

    /** Of the log since it was opened, such as {@code event.log.refused}. */
    public long count(String meter) {
        return context.getBean(RealLog.class).count(meter);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Jwt decode(String accessToken) {
        return tokens.decode(accessToken);
    }

    /** @param accessToken null for none */
    Answer send(
            HttpMethod method, String path, @Nullable String accessToken, @Nullable String json, String... headers) {
        var request = request(method, path);
        if (json != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(json);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (accessToken != null) {
            SecurityContextHolder.getContext()
                    .setAuthentication(new TestingAuthenticationToken(decode(accessToken), null));
        }
        try {
            var response = mvc.perform(request).andReturn().getResponse();
            var answered = new HashMap<String, String>();
            response.getHeaderNames().forEach(name -> answered.put(name, response.getHeader(name)));
            return new Answer(response.getStatus(), response.getContentAsString(), answered, null);
        } catch (Exception e) {
            if (e.getCause() instanceof Rejection rejection) {
                return new Answer(rejection.kind().status(), "", Map.of(), rejection);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    Answer post(String path, @Nullable String accessToken, String json, String... headers) {
        return send(HttpMethod.POST, path, accessToken, json, headers);
    }

    @Override
    public void close() {
        context.close();
    }

    /** As the server verifies tokens: from the public keys alone. */
    private static JwtDecoder decoder(SigningKeys keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys.publicKeys())));
        // Expiry is the decoder's to judge, not twice
        processor.setJWTClaimsSetVerifier((claims, ignored) -> {});
        return new NimbusJwtDecoder(processor);
    }
}
