package app.veza.command.chat;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.History;
import app.veza.command.identity.Account;
import app.veza.command.identity.Accounts;
import app.veza.command.identity.Usernames;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Whom a text names as {@code @username}. */
@Component
public final class Mentions {

    private static final int MOST = 50;

    /** Longer than any username and what may end a sentence behind it: what goes on beyond names nobody, and is not looked at. */
    private static final int LONGEST = 64;

    /** Not within an address such as {@code ann@example.org}. */
    private static final Pattern NAME =
            Pattern.compile("(?<![\\p{L}\\p{N}._@-])@([A-Za-z0-9._-]{3," + LONGEST + "}+)(?![A-Za-z0-9._-])");

    private static final Pattern PUNCTUATION_AT_END = Pattern.compile("[._-]+$");

    private final Accounts accounts;
    private final History history;

    Mentions(Accounts accounts, History history) {
        this.accounts = accounts;
        this.history = history;
    }

    /**
     * Members of the room whom the text names, each once, in its order, without the author. Who is none is not told that they
     * were named: they could not read it.
     */
    public List<UUID> in(String text, UUID roomId, UUID authorId) {
        if (text.indexOf('@') < 0) {
            return List.of();
        }
        return names(text)
                .limit(MOST)
                .flatMap(name -> person(name).stream())
                .filter(person -> !person.equals(authorId))
                .distinct()
                .filter(person -> isMember(roomId, person))
                .toList();
    }

    /** Each once. */
    static Stream<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group(1)).distinct();
    }

    /** A name may end in what may also end a sentence: the longer is tried first. */
    private Optional<UUID> person(String name) {
        String bare = PUNCTUATION_AT_END.matcher(name).replaceFirst("");
        return Stream.of(name, bare)
                .distinct()
                .filter(Usernames::isValid)
                .flatMap(written -> accounts.byUsername(Usernames.key(written)).stream())
                .map(Account::personId)
                .findFirst();
    }

    private boolean isMember(UUID roomId, UUID personId) {
        List<VezaEvent> comingAndGoing =
                history.read(events(tags(ROOM, roomId, PERSON, personId), MemberJoined.class, MemberLeft.class));
        return !comingAndGoing.isEmpty() && comingAndGoing.getLast() instanceof MemberJoined;
    }
}
