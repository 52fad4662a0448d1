package app.veza.server.node;

import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.Tag;
import app.veza.projectionengine.Slice;
import java.util.Set;
import java.util.stream.Stream;

/** What an engine's slice is to the event store's index. */
final class SliceCriteria {

    private SliceCriteria() {}

    static Criteria of(Slice slice) {
        Stream<Criterion> ofKeys = slice.keys().stream()
                .map(key ->
                        new Criterion(slice.types(), Set.of(new Tag(slice.by().tag(), key))));
        Stream<Criterion> everywhere = slice.by().everywhere().isEmpty()
                ? Stream.empty()
                : Stream.of(new Criterion(slice.by().everywhere(), Set.of()));
        return new Criteria(Stream.concat(ofKeys, everywhere).toList());
    }
}
