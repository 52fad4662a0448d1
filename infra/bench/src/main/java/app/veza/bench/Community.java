package app.veza.bench;

import app.veza.bench.http.HttpConnection;
import app.veza.bench.http.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.json.JsonMapper;

/** People who are logged in and the rooms that they all are members of, made over HTTP like anybody's. */
record Community(List<String> names, List<String> tokens, List<String> rooms) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "bench password 1";
    private static final int MESSAGES_IN_A_PAGE = 20;

    static Community settle(URI server, int people, int rooms) throws IOException {
        String run = Long.toString(System.currentTimeMillis(), 36);
        List<String> names = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (var connection = new HttpConnection(server)) {
            for (int i = 0; i < people; i++) {
                String name = "bench-" + run + "-" + i;
                post(connection, "/auth/register", "", """
                        {"username":"%s","email":"%s@example.org","password":"%s"}""".formatted(name, name, PASSWORD));
                names.add(name);
                Answer login = post(connection, "/auth/login", "", credentials(name));
                tokens.add(field(login, "accessToken"));
            }
            for (int i = 0; i < rooms; i++) {
                Answer created = post(connection, "/api/rooms", tokens.getFirst(), """
                        {"name":"Bench %d","visibility":"public"}""".formatted(i));
                ids.add(field(created, "roomId"));
            }
            for (String token : tokens.subList(1, tokens.size())) {
                for (String room : ids) {
                    require(connection.exchange(
                            connection.request("PUT", "/api/rooms/" + room + "/members/me", token, "")));
                }
            }
        }
        return new Community(List.copyOf(names), List.copyOf(tokens), List.copyOf(ids));
    }

    String anyRoom() {
        return rooms.get(ThreadLocalRandom.current().nextInt(rooms.size()));
    }

    /** What the one who uses this connection logs in with. */
    String credentials(int connection) {
        return credentials(names.get(connection % names.size()));
    }

    private static String credentials(String name) {
        return """
                {"username":"%s","password":"%s"}""".formatted(name, PASSWORD);
    }

    /** The one who uses this connection. */
    String token(int connection) {
        return tokens.get(connection % tokens.size());
    }

    /** A page of messages. */
    byte[] read(HttpConnection connection, int number) {
        return connection.request(
                "GET", "/api/rooms/" + anyRoom() + "/messages?limit=" + MESSAGES_IN_A_PAGE, token(number), "");
    }

    private static Answer post(HttpConnection connection, String path, String token, String body) throws IOException {
        return require(connection.exchange(connection.request("POST", path, token, body)));
    }

    private static Answer require(Answer answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw new IllegalStateException("The server answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    private static String field(Answer answer, String name) {
        return JSON.readTree(answer.body()).path(name).asString();
    }
}
