package app.veza.server.erasure;

import app.veza.event.EventTypes;
import app.veza.event.identity.PersonErased;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.personal.Erasures;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionStatus;
import app.veza.server.node.StoredErasures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;

/** Looks, place by place, whether an erased person is gone from there: now, not from memory of what was done. */
final class ErasedPlaces {

    private static final String ERASED = EventTypes.nameOf(PersonErased.class);

    private final EventLog log;
    private final Erasures erasures;
    private final DataSource keys;
    private final StoredErasures register;
    private final ObjectProvider<ProjectionEngine> projections;
    private final ErasedFiles files;
    private final ErasedRecordings recordings;
    private final List<ErasedRows> rows;

    ErasedPlaces(
            EventLog log,
            Erasures erasures,
            DataSource keys,
            StoredErasures register,
            ObjectProvider<ProjectionEngine> projections,
            ErasedFiles files,
            ErasedRecordings recordings,
            List<ErasedRows> rows) {
        this.log = log;
        this.erasures = erasures;
        this.keys = keys;
        this.register = register;
        this.projections = projections;
        this.files = files;
        this.recordings = recordings;
        this.rows = rows;
    }

    /**
     * @param erased whether the person is gone from here
     * @param proof what was seen
     */
    record Place(String name, boolean erased, String proof) {}

    /** The event of an erasure; empty when the log has none of this person there, as after a restore. */
    Optional<RecordedEvent> event(UUID person, long position) {
        return log.read(position - 1, 1).stream()
                .filter(event -> event.type().equals(ERASED))
                .filter(event ->
                        event.tags().stream().anyMatch(tag -> tag.value().equals(person.toString())))
                .findFirst();
    }

    String logId() {
        return log.logId();
    }

    List<Place> look(UUID person, RecordedEvent event) throws SQLException {
        List<Place> places = new ArrayList<>();
        places.add(new Place(
                "event log",
                true,
                "event %d of log %s, chain hash %s"
                        .formatted(event.position(), log.logId(), HexFormat.of().formatHex(event.chainHash()))));
        places.add(keys(person));
        places.add(register.since(person.toString())
                .map(since -> new Place("object storage, for every restore", true, "registered at " + since))
                .orElse(new Place("object storage, for every restore", false, "not yet registered")));
        boolean forgotten = erasures.position() >= event.position();
        places.add(
                new Place("memory of this node", forgotten, "erasures followed up to position " + erasures.position()));
        places.addAll(readModels(event.position()));
        ErasedFiles.Found found = files.look(person);
        places.add(new Place(
                "uploaded files (object storage)",
                found.there() == 0,
                "%d of %d are there".formatted(found.there(), found.offered())));
        places.add(recordings.look(person));
        for (ErasedRows of : rows) {
            places.add(of.look(person));
        }
        return places;
    }

    private Place keys(UUID person) throws SQLException {
        try (Connection sql = keys.getConnection();
                PreparedStatement look = sql.prepareStatement("""
                        select (select count(*) from personal.subject_key where subject = ?),
                               (select erased_at from personal.erased where subject = ?)""")) {
            look.setString(1, person.toString());
            look.setString(2, person.toString());
            try (ResultSet row = look.executeQuery()) {
                row.next();
                var buriedAt = row.getTimestamp(2);
                boolean gone = row.getLong(1) == 0 && buriedAt != null;
                return new Place(
                        "keys of personal data",
                        gone,
                        gone ? "none, and a tombstone since " + buriedAt.toInstant() : "not yet destroyed");
            }
        }
    }

    private List<Place> readModels(long position) {
        ProjectionEngine engine = projections.getIfAvailable();
        if (engine == null) {
            return List.of(new Place("read models", false, "this node fills none: one that does can tell"));
        }
        return engine.positions().values().stream()
                .sorted(Comparator.comparing(ProjectionStatus::name))
                .map(status -> projection(status, position))
                .toList();
    }

    private static Place projection(ProjectionStatus status, long position) {
        return new Place(
                "read model %s (%s)".formatted(status.name(), status.target()),
                status.position() >= position && status.deadLetters() == 0,
                status.deadLetters() == 0
                        ? "at position " + status.position()
                        : "at position %d, %d events parked".formatted(status.position(), status.deadLetters()));
    }
}
