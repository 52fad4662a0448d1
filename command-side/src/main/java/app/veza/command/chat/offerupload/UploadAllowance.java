package app.veza.command.chat.offerupload;

import java.util.UUID;

/** How much may be uploaded. */
@FunctionalInterface
public interface UploadAllowance {

    /**
     * Takes it from what is left, also for a command that comes again.
     *
     * @param address that the request came from
     * @throws app.veza.command.TooManyRequests when that is less
     */
    void take(UUID person, String address, long bytes);
}
