package app.veza.command.identity.secondfactor;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PERSON;

import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.RecoveryCodeUsed;
import app.veza.event.identity.RecoveryCodesIssued;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import app.veza.event.identity.TotpRemoved;
import app.veza.event.identity.TotpUsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;

/**
 * What a person proves themself with beside the password, as the events left it.
 *
 * @param pending a secret that no code was made with yet
 * @param secret the one that codes are made with; null: no code is asked for
 * @param usedUpTo the last step whose code was used
 * @param recoveryHashes of the codes issued last, in their order; null in place of a used one
 */
public record SecondFactor(
        @Nullable String pending, @Nullable String secret, long usedUpTo, List<@Nullable String> recoveryHashes) {

    public static final SecondFactor NONE = new SecondFactor(null, null, 0, List.of());

    /** What it is folded from, all but the uses, which grow with each signing in and of which only the last tells. */
    public static EventCriteria of(UUID personId) {
        return events(
                tag(PERSON, personId),
                TotpEnrolled.class,
                TotpConfirmed.class,
                TotpRemoved.class,
                RecoveryCodesIssued.class,
                RecoveryCodeUsed.class);
    }

    public static EventCriteria uses(UUID personId) {
        return events(tag(PERSON, personId), TotpUsed.class);
    }

    /** After one more event; what does not matter changes nothing. */
    public SecondFactor after(VezaEvent event) {
        return switch (event) {
            case TotpEnrolled enrolled
            when !Erased.is(enrolled.secret()) -> new SecondFactor(enrolled.secret(), secret, usedUpTo, recoveryHashes);
            case TotpConfirmed confirmed -> new SecondFactor(null, pending, confirmed.step(), recoveryHashes);
            case TotpUsed used -> new SecondFactor(pending, secret, Math.max(usedUpTo, used.step()), recoveryHashes);
            case TotpRemoved removed -> NONE;
            case RecoveryCodesIssued issued ->
                new SecondFactor(
                        pending, secret, usedUpTo, List.of(issued.codeHashes().split(" ")));
            // Of somebody erased meanwhile there are none
            case RecoveryCodeUsed used
            when used.index() < recoveryHashes.size() ->
                new SecondFactor(pending, secret, usedUpTo, without(used.index()));
            default -> this;
        };
    }

    /** Whether a password alone is not enough. */
    public boolean isOn() {
        return secret != null;
    }

    public int recoveryCodesLeft() {
        return (int) recoveryHashes.stream().filter(hash -> hash != null).count();
    }

    /** What remembers that this code was used; empty when it is not good, or no longer. */
    public Optional<VezaEvent> use(UUID personId, String code, Instant at) {
        if (secret == null) {
            return Optional.empty();
        }
        var step = Totp.stepOf(secret, code.replaceAll("\\s", ""), at, usedUpTo);
        if (step.isPresent()) {
            return Optional.of(new TotpUsed(personId, step.getAsLong()));
        }
        int index = recoveryHashes.indexOf(RecoveryCodes.hash(code));
        return index < 0
                ? Optional.empty()
                : Optional.of(new RecoveryCodeUsed(personId, index, recoveryCodesLeft() - 1));
    }

    /** What makes the pending secret count; empty when the code was not made with it. */
    public Optional<VezaEvent> confirm(UUID personId, String code, Instant at) {
        if (pending == null) {
            return Optional.empty();
        }
        var step = Totp.stepOf(pending, code.replaceAll("\\s", ""), at, usedUpTo);
        return step.isPresent() ? Optional.of(new TotpConfirmed(personId, step.getAsLong())) : Optional.empty();
    }

    private List<@Nullable String> without(int index) {
        var left = new ArrayList<@Nullable String>(recoveryHashes);
        left.set(index, null);
        return Collections.unmodifiableList(left);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SecondFactor[isOn=%s]".formatted(isOn());
    }
}
