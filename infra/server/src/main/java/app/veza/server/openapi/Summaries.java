package app.veza.server.openapi;

import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpMethod;

/** What operations are called whose class does not say it: doors to several, and those of few letters. */
final class Summaries {

    private static final Map<String, String> BY_ROUTE = Map.ofEntries(
            Map.entry("GET /api/rooms", "My rooms, or public ones that match"),
            Map.entry("GET /api/rooms/{roomId}", "One room"),
            Map.entry("GET /api/rooms/{roomId}/messages", "Messages of a room, newest or oldest first"),
            Map.entry("GET /api/rooms/{roomId}/members", "Members of a room"),
            Map.entry("GET /api/rooms/{roomId}/bans", "Who is banned from a room"),
            Map.entry("GET /api/rooms/{roomId}/reports", "Messages that were reported to a room's moderators"),
            Map.entry("PUT /api/rooms/{roomId}/members/{userId}", "Join a room, invite somebody or change a role"),
            Map.entry("DELETE /api/rooms/{roomId}/members/{userId}", "Leave a room or remove somebody"),
            Map.entry("GET /api/search", "Search messages of my rooms"),
            Map.entry("GET /api/attachments/{attachmentId}", "Signed link to a file"),
            Map.entry("GET /api/streams", "Streams, live or ended"),
            Map.entry("GET /api/streams/{streamId}", "One stream"),
            Map.entry("GET /api/notifications", "My inbox and how much of it is unread"),
            Map.entry("GET /api/webhooks", "My webhooks"),
            Map.entry("GET /api/webhooks/{webhookId}", "One of my webhooks, and how it answered last"),
            Map.entry("POST /api/webhooks/{webhookId}/test", "Send a webhook something, to see whether it arrives"),
            Map.entry("GET /api/users", "People whose names match"),
            Map.entry("GET /api/users/{id}", "One person"),
            Map.entry("GET /api/users/{id}/sessions", "Sessions of a person"),
            Map.entry("DELETE /api/users/{id}/sessions", "End all sessions of a person"),
            Map.entry("GET /auth/sessions", "My sessions"),
            Map.entry("DELETE /auth/sessions", "End my other sessions"),
            Map.entry("DELETE /auth/sessions/{id}", "End one of my sessions"),
            Map.entry("GET /auth/totp", "Whether codes of an authenticator are asked for"),
            Map.entry("POST /auth/totp/begin", "Begin with an authenticator app"),
            Map.entry("POST /auth/totp/confirm", "Confirm the authenticator app with a first code"),
            Map.entry("POST /auth/totp/remove", "Ask for no codes any more"),
            Map.entry("POST /auth/ws-ticket", "Ticket that opens one socket"),
            Map.entry("GET /auth/oauth2/{provider}", "Begin a sign-in at an OpenID provider"),
            Map.entry("GET /auth/oauth2/{provider}/callback", "Where an OpenID provider sends the browser back to"),
            Map.entry("POST /auth/oauth2/token", "Exchange the code of an OpenID sign-in for tokens"),
            Map.entry("GET /.well-known/jwks.json", "Public keys of access tokens"),
            Map.entry("DELETE /api/me", "Erase me everywhere"),
            Map.entry("POST /api/me/export", "All data about me, as an archive"),
            Map.entry("GET /api/erasures/{token}", "Certificate of an erasure"),
            Map.entry("GET /api/health", "Health of every part"),
            Map.entry("GET /api/analytics", "Reports that there are"),
            Map.entry("GET /api/analytics/{report}", "One report, as JSON or CSV"),
            Map.entry("GET /asyncapi.json", "AsyncAPI document of the socket"),
            Map.entry("GET /asyncapi/events.json", "AsyncAPI document of the events in the log"),
            Map.entry("GET /api/admin/audit", "What privileged roles were used for"),
            Map.entry("GET /api/admin/events", "Events of the log that match"),
            Map.entry("GET /api/admin/events/{position}", "One event, and what it led to"),
            Map.entry("GET /api/admin/events/stream", "Follow the log, as server-sent events"),
            Map.entry("GET /api/admin/projections", "Read models: version, position, lag"),
            Map.entry("GET /api/admin/projections/{name}", "One read model and its last jobs"),
            Map.entry("POST /api/admin/projections/{name}/rebuild", "Fill a read model anew, then switch to it"),
            Map.entry("POST /api/admin/projections/{name}/verify", "Compare a read model with the log"),
            Map.entry("POST /api/admin/projections/{name}/replay", "Fill a schema as a read model once was"),
            Map.entry("GET /api/admin/replays", "Schemas that replays filled"),
            Map.entry("DELETE /api/admin/replays/{into}", "Drop what a replay filled"),
            Map.entry("GET /api/admin/jobs", "Latest jobs on read models"),
            Map.entry("GET /api/admin/jobs/{id}", "One job"),
            Map.entry("DELETE /api/admin/jobs/{id}", "Cancel a job"),
            Map.entry("GET /api/admin/jobs/{id}/stream", "Follow a job, as server-sent events"),
            Map.entry("GET /api/admin/dead-letters", "Events that wait for a person"),
            Map.entry("GET /api/admin/dead-letters/{projection}/{key}", "What waits for one key, and the event"),
            Map.entry("POST /api/admin/dead-letters/retry", "Retry dead letters in order"),
            Map.entry("DELETE /api/admin/dead-letters", "Give dead letters up"),
            Map.entry("GET /api/admin/purges", "Up to where files of the stores are rid of who was erased"),
            Map.entry("POST /api/admin/purges", "Rid files of the stores of who was erased, now"),
            Map.entry("POST /api/admin/log/index-snapshots", "Store a snapshot of this node's index"),
            Map.entry("POST /api/admin/signing-keys", "Rotate the keys that sign access tokens"),
            Map.entry("POST /api/admin/admins", "Make a person the first admin"));

    private Summaries() {}

    static Optional<String> of(HttpMethod method, String path) {
        return Optional.ofNullable(BY_ROUTE.get(method + " " + path));
    }
}
