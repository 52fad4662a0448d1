package app.veza.event;

import java.util.Set;

/** Keys of the tags that decisions and readers select events by. */
public final class EventTags {

    public static final String PERSON = "person";
    public static final String USERNAME = "username";
    public static final String EMAIL = "email";
    public static final String SESSION = "session";
    public static final String ROOM = "room";
    public static final String MESSAGE = "message";
    public static final String STREAM = "stream";
    public static final String NOTIFICATION = "notification";
    public static final String ATTACHMENT = "attachment";
    public static final String WEBHOOK = "webhook";

    /** A person at an OpenID provider. */
    public static final String EXTERNAL = "external";

    /** Two people, in whichever order. */
    public static final String PAIR = "pair";

    /** Keys whose values are personal: outside an encrypted payload they appear as a keyed hash only. */
    public static final Set<String> PERSONAL = Set.of(USERNAME, EMAIL, EXTERNAL);

    private EventTags() {}
}
