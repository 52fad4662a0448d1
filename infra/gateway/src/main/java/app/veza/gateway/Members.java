package app.veza.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A loop's sockets: a dense list, so that walking it is cheap and a member costs one reference. */
final class Members {
    private final ArrayList<Member> list = new ArrayList<>();

    void add(Member member) {
        member.index(list.size());
        list.add(member);
    }

    void remove(Member member) {
        int index = member.index();
        Member last = list.removeLast();
        if (last != member) {
            list.set(index, last);
            last.index(index);
        }
        member.index(-1);
    }

    /** {@code with} takes the place of {@code member}. */
    void replace(Member member, Member with) {
        with.index(member.index());
        list.set(with.index(), with);
        member.index(-1);
    }

    /** Backwards, so that a member may remove itself while it is visited. */
    void forEach(Consumer<Member> action) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (i < list.size()) {
                action.accept(list.get(i));
            }
        }
    }

    List<Member> snapshot() {
        return List.copyOf(list);
    }

    int size() {
        return list.size();
    }
}
