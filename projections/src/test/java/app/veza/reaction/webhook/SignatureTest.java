package app.veza.reaction.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final String ONE = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String BODY =
            "{\"type\":\"message.sent\",\"data\":{\"text\":\"Gr\u00fc\u00dfe \ud83d\udc4b\"}}";

    private static HttpHeaders headers(Instant time, String signatures) {
        return HttpHeaders.of(
                Map.of(
                        "webhook-id",
                        List.of("id-1"),
                        "webhook-timestamp",
                        List.of(Long.toString(time.getEpochSecond())),
                        "webhook-signature",
                        List.of(signatures)),
                (name, value) -> true);
    }

    private static String signed(Instant time, String... secrets) {
        return Signature.of(List.of(secrets), "id-1", time, BODY.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the specification's implementations, which all of them check themselves by. */
    @Test
    void isThatOfThePublishedExample() {
        assertThat(Signature.of(
                        List.of(ONE),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void isVerifiedByTheSpecificationsLibrary() throws WebhookVerificationException {
        Instant now = Instant.now();
        new Webhook(OTHER).verify(BODY, headers(now, signed(now, OTHER)));
        new Webhook(ONE).verify(BODY, headers(now, signed(now, OTHER, ONE)));
        new Webhook(OTHER).verify(BODY, headers(now, signed(now, OTHER, ONE)));

        assertThatThrownBy(() -> new Webhook(ONE).verify(BODY, headers(now, signed(now, OTHER))))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(OTHER).verify(BODY + " ", headers(now, signed(now, OTHER))))
                .isInstanceOf(WebhookVerificationException.class);
    }
}
