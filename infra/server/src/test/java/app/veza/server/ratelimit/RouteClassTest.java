package app.veza.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteClassTest {

    @ParameterizedTest
    @CsvSource({
        "GET, /api/me, READS",
        "PATCH, /api/me, ACCOUNT",
        "POST, /api/streams, ACCOUNT",
        "POST, /api/streams/0198c0de-0000-7000-8000-000000000009/stop, COMMANDS",
        "PUT, /api/users/0198c0de-0000-7000-8000-000000000003/block, ACCOUNT",
        "PUT, /api/users/0198c0de-0000-7000-8000-000000000003/roles, COMMANDS",
        "POST, /auth/totp/begin, ACCOUNT",
        "POST, /auth/login, AUTH",
        "PATCH, /api/webhooks/0198c0de-0000-7000-8000-000000000004, ACCOUNT",
        "POST, /api/uploads, UPLOADS",
        "POST, /api/me/export, EXPORTS",
        "GET, /api/search, SEARCHES",
        "GET, /live/0198c0de-0000-7000-8000-000000000009/master.m3u8, MEDIA"
    })
    void routesThatCostAlikeAreLimitedTogether(String method, String path, RouteClass expected) {
        assertThat(RouteClass.of(method, path)).contains(expected);
    }

    @Test
    void probesAreNotLimited() {
        assertThat(RouteClass.of("GET", "/api/health")).isEmpty();
    }
}
