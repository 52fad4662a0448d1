package app.veza.server.security;

import app.veza.command.identity.token.SigningKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/admin/signing-keys}: the operator changes the key that signs access tokens, on schedule or not. */
@RestController
final class SigningKeysEndpoint {

    private static final Logger log = LoggerFactory.getLogger(SigningKeysEndpoint.class);

    private final SigningKeys keys;

    SigningKeysEndpoint(SigningKeys keys) {
        this.keys = keys;
    }

    /** @param stolen whether the keys that there are must not be believed any more: every access token that is out ends at once */
    record Body(boolean stolen) {}

    @PostMapping("/api/admin/signing-keys")
    @ResponseStatus(HttpStatus.CREATED)
    SigningKeys.Rotated rotate(@RequestBody Body body) {
        SigningKeys.Rotated next = body.stolen() ? keys.replaceAll() : keys.rotate();
        log.info(
                "Access tokens are signed with key {} from {} on{}",
                next.keyId(),
                next.signsFrom(),
                body.stolen() ? "; those of other keys are refused" : "");
        return next;
    }
}
