package app.veza.server.erasure;

import app.veza.event.Erased;
import app.veza.server.erasure.ErasedPlaces.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Looks at the rows of the read models that hold texts and names: whether any of a person's still says something. */
final class ErasedRows {

    private static final String LOOK = """
            select (select count(*) from view.people where person_id = ?
                      and (username <> ? or username_key <> ? or display_name <> ? or display_name_key <> ?)),
                   (select count(*) from view.messages where sender_id = ? and text is not null and text <> ?),
                   (select count(*) from view.message_words where sender_id = ?),
                   (select count(*) from view.streams where broadcaster_id = ?
                      and (title <> ? or description <> ? or now_playing <> ?))""";

    private final String server;
    private final DataSource database;

    /** @param server as the certificate names it */
    ErasedRows(String server, DataSource database) {
        this.server = server;
        this.database = database;
    }

    Place look(UUID person) throws SQLException {
        try (Connection sql = database.getConnection();
                PreparedStatement look = sql.prepareStatement(LOOK)) {
            look.setObject(1, person);
            for (int name = 2; name <= 5; name++) {
                look.setString(name, Erased.TEXT);
            }
            look.setObject(6, person);
            look.setString(7, Erased.TEXT);
            look.setObject(8, person);
            look.setObject(9, person);
            for (int text = 10; text <= 12; text++) {
                look.setString(text, Erased.TEXT);
            }
            try (ResultSet row = look.executeQuery()) {
                row.next();
                long names = row.getLong(1);
                long messages = row.getLong(2);
                long words = row.getLong(3);
                long streams = row.getLong(4);
                return new Place(
                        "rows of the read models (%s)".formatted(server),
                        names + messages + words + streams == 0,
                        "looked at just now: %d names, %d messages with text, %d messages that a search finds, %d streams that are told of"
                                .formatted(names, messages, words, streams));
            }
        }
    }
}
