package app.veza.eventstore;

import java.util.List;

/** {@code <prefix>.<context>.<primary tag>.<value>.<EventName>}, {@code batch} for several events. Serves consumers, never correctness. */
final class Subjects {
    /** The server's protocol line holds 4,096 bytes; a longer token keeps its start and ends in a hash. */
    private static final int LONGEST_TOKEN = 160;

    private final String prefix;

    Subjects(String prefix) {
        this.prefix = prefix;
    }

    String of(List<NewEvent> events) {
        NewEvent first = events.getFirst();
        int dot = first.type().lastIndexOf('.');
        String context = dot <= 0 ? "_" : first.type().substring(0, dot);
        String name = events.size() > 1 ? "batch" : first.type().substring(dot + 1);
        var subject = new StringBuilder(prefix.length() + 80).append(prefix);
        subject.append('.').append(token(context));
        if (first.tags().isEmpty()) {
            subject.append("._._");
        } else {
            Tag primary = first.tags().getFirst();
            subject.append('.').append(token(primary.key())).append('.').append(token(primary.value()));
        }
        return subject.append('.').append(token(name)).toString();
    }

    private static String token(String text) {
        String token = Escaping.token(text);
        if (token.length() <= LONGEST_TOKEN) {
            return token;
        }
        String hash = Chain.text(Chain.sha256(Escaping.utf8(text)));
        return token.substring(0, LONGEST_TOKEN - hash.length() - 2) + "~~" + hash;
    }
}
