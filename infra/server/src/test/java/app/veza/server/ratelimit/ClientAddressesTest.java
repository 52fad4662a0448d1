package app.veza.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.server.ratelimit.ClientAddresses.Header;
import app.veza.stores.IpAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {

    private static final String TASTY = "for=FOR:;,\"[]. \t\0%\u00e9_0123456789abcdef./";
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "127.0.0.1", "2001:db8:1::/48");

    @Nested
    class XForwardedFor {

        private final ClientAddresses addresses = new ClientAddresses(PROXIES, Header.X_FORWARDED_FOR);

        @Test
        void isNotBelievedOfWhoIsNoProxy() {
            assertThat(addresses.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
            assertThat(new ClientAddresses(List.of(), Header.X_FORWARDED_FOR).of("10.1.1.1", List.of("198.51.100.1")))
                    .isEqualTo("10.1.1.1");
        }

        @Test
        void isReadFromTheRightUpToTheFirstWhoIsNoProxy() {
            assertThat(addresses.of("10.1.1.1", List.of("1.2.3.4, 198.51.100.1, 10.2.2.2")))
                    .isEqualTo("198.51.100.1");
            assertThat(addresses.of("10.1.1.1", List.of("1.2.3.4", "198.51.100.1")))
                    .as("two lines are one list")
                    .isEqualTo("198.51.100.1");
            assertThat(addresses.of("2001:db8:1::7", List.of("2001:db8:9::1"))).isEqualTo("2001:db8:9:0:0:0:0:1");
        }

        @Test
        void namesAProxyWhenNobodyElse() {
            assertThat(addresses.of("10.1.1.1", List.of())).isEqualTo("10.1.1.1");
            assertThat(addresses.of("10.1.1.1", List.of("10.2.2.2"))).isEqualTo("10.2.2.2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "unknown",
                    "localhost",
                    "999.1.1.1",
                    "1.2.3.4.5",
                    "<script>",
                    "'; drop table",
                    ":::",
                    "[::1"
                })
        void whatIsNoAddressEndsTheTrail(String nonsense) {
            assertThat(addresses.of("10.1.1.1", List.of("198.51.100.1, " + nonsense)))
                    .isEqualTo("10.1.1.1");
        }
    }

    @Nested
    class Forwarded {

        private final ClientAddresses addresses = new ClientAddresses(PROXIES, Header.FORWARDED);

        @Test
        void isReadAsRfc7239WritesIt() {
            assertThat(addresses.of(
                            "10.1.1.1", List.of("for=192.0.2.43, for=\"198.51.100.1:4711\";proto=https;by=10.1.1.1")))
                    .isEqualTo("198.51.100.1");
            assertThat(addresses.of("10.1.1.1", List.of("proto=http;For=\"[2001:db8:cafe::17]:4711\"")))
                    .isEqualTo("2001:db8:cafe:0:0:0:0:17");
        }

        @Test
        void aHiddenNodeEndsTheTrail() {
            assertThat(addresses.of("10.1.1.1", List.of("for=192.0.2.43, for=_hidden")))
                    .isEqualTo("10.1.1.1");
            assertThat(addresses.of("10.1.1.1", List.of("for=192.0.2.43, proto=https")))
                    .isEqualTo("10.1.1.1");
        }
    }

    /** Whatever a client writes, before what the proxies add: who it is is what the first of them saw. */
    @ParameterizedTest
    @EnumSource(Header.class)
    void nothingThatAClientWritesMakesItSomebodyElse(Header header) {
        var addresses = new ClientAddresses(PROXIES, header);
        String prefix = header == Header.FORWARDED ? "for=" : "";
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int run = 0; run < 20_000; run++) {
            String made = random.ints(random.nextInt(40), 0, TASTY.length())
                    .mapToObj(i -> TASTY.substring(i, i + 1))
                    .collect(Collectors.joining());
            assertThat(IpAddress.parse(addresses.of("10.1.1.1", List.of(made))))
                    .as("seed %d: '%s' alone", seed, made)
                    .isPresent();
            List<String> lines = random.nextBoolean()
                    ? List.of(made + "," + prefix + "198.51.100.1", prefix + "10.2.2.2")
                    : List.of(made, prefix + "198.51.100.1," + prefix + "10.2.2.2");
            assertThat(addresses.of("10.1.1.1", lines))
                    .as("seed %d: '%s' before what proxies wrote", seed, made)
                    .isEqualTo("198.51.100.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "proxy.example", "10.0.0.0/x", "10.0.0/8", ""})
    void networksThatAreNone(String network) {
        assertThatThrownBy(() -> new ClientAddresses(List.of(network), ClientAddresses.Header.FORWARDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("veza.http.trusted-proxies");
    }

    @Test
    void oneCustomerOfIpv6IsOneAddress() {
        AddressKeys keys = new AddressKeys(new byte[32]);

        assertThat(keys.of("2001:db8:1:2::1")).isEqualTo(keys.of("2001:db8:1:2:ffff::9"));
        assertThat(keys.of("2001:db8:1:2::1")).isNotEqualTo(keys.of("2001:db8:1:3::1"));
        assertThat(keys.of("192.0.2.1")).isNotEqualTo(keys.of("192.0.2.2")).doesNotContain("192");
    }
}
