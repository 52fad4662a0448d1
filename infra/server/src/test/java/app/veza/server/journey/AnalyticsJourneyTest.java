package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An analyst asks for reports and in SQL; nobody else does. */
class AnalyticsJourneyTest extends SocketJourney {

    @Test
    void reportsAreForAnalystsAndAdmins() {
        Person admin = person();
        Person analyst = person();
        Person anybody = person();
        product.anonymous().as(Product.OPERATOR_TOKEN).post("/api/admin/admins", Map.of("username", admin.username()));
        assertThat(admin.client()
                        .put("/api/users/" + analyst.id() + "/roles", Map.of("roles", List.of("user", "analyst")))
                        .status())
                .isEqualTo(200);
        String room = room(anybody, "public");
        Answer said = anybody.client().post("/api/rooms/" + room + "/messages", Map.of("text", "Hello"));
        String report = "/api/analytics/messages?roomId=" + room;

        for (Person allowed : List.of(admin, analyst)) {
            Answer answer = allowed.client().get(report, "Veza-Min-Position", Long.toString(said.position()));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.position()).isGreaterThanOrEqualTo(said.position());
            assertThat(answer.body()
                            .path("items")
                            .valueStream()
                            .mapToLong(item -> item.path("messages").asLong()))
                    .contains(1L);
            assertThat(answer.headers().firstValue("ETag")).isPresent();
        }
        assertThat(analyst.client().get("/api/analytics").status()).isEqualTo(200);
        Answer refused = anybody.client().get(report);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.problem()).isEqualTo("forbidden");
        assertThat(anybody.client().get("/api/analytics").status()).isEqualTo(403);
        assertThat(product.anonymous().get(report).status()).isEqualTo(401);
        assertThat(analyst.client().get("/api/analytics/messages?from=never").text("type"))
                .endsWith("/malformed");
    }

    @Test
    void theDatabaseRoleReadsTheSameFacts() throws Exception {
        Person somebody = person();
        String room = room(somebody, "public");
        Answer said = somebody.client().post("/api/rooms/" + room + "/messages", Map.of("text", "Hello"));
        await().until(() -> one("""
                select count(*) from fact_messages where room_id = '%s' and position = %d
                """.formatted(room, said.position())).equals("1"));

        assertThat(one("select name from dim_rooms where room_id = '" + room + "'"))
                .isEqualTo("Quay");
        assertThat(one("select count(*) > 20 from information_schema.views where table_schema = 'view'"))
                .isEqualTo("t");
        assertThatThrownBy(() -> one("select count(*) from message_facts_v2.message"))
                .hasMessageContaining("permission denied for schema");
    }

    @Test
    void theRoutesAreDocumented() {
        JsonNode paths = product.anonymous().get("/openapi.json").body().path("paths");
        JsonNode one = paths.at("/~1api~1analytics~1{report}/get");

        assertThat(paths.propertyNames()).contains("/api/analytics", "/api/analytics/{report}");
        assertThat(one.path("responses").propertyNames())
                .contains("200", "304", "400", "401", "403", "404", "422", "503");
        assertThat(one.at("/responses/200/content").propertyNames()).contains("application/json", "text/csv");
        assertThat(one.path("parameters"))
                .extracting(parameter -> parameter.path("name").asString())
                .contains("report", "from", "to", "granularity", "format", "Veza-Min-Position");
    }

    private static String one(String query) throws SQLException {
        try (Connection analyst = DriverManager.getConnection(
                        product.property("veza.postgres.analytics.url"),
                        product.property("veza.postgres.analyst.username"),
                        product.property("veza.postgres.analyst.password"));
                var statement = analyst.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
