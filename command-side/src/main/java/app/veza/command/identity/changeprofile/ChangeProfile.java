package app.veza.command.identity.changeprofile;

import java.util.UUID;

/** Be called otherwise from now on. */
record ChangeProfile(UUID personId, String displayName) {

    /** Without what is personal. */
    @Override
    public String toString() {
        return "ChangeProfile[personId=%s]".formatted(personId);
    }
}
