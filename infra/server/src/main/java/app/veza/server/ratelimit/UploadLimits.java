package app.veza.server.ratelimit;

import app.veza.command.TooManyRequests;
import app.veza.command.chat.offerupload.UploadAllowance;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How many bytes a person and an address may upload: what they cost stays, however slowly they come. */
@Component
final class UploadLimits implements UploadAllowance {

    private final RateLimits limits;

    UploadLimits(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void take(UUID person, String address, long bytes) {
        Duration wait = limits.waitForUpload(person, address, bytes);
        if (!wait.isZero()) {
            throw new TooManyRequests("More bytes of files than one person or one address may upload for now.", wait);
        }
    }
}
