package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetsTest {

    private static final String NOT_PUBLIC = "must name a host that is found on the public internet";

    /** What others than the public internet have, and what only stands for it. */
    private static final List<String> ELSEWHERE = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "255.255.255.255/32",
            "::/128",
            "::1/128",
            // IPv4-compatible, discarded, translated by a network for itself, Teredo, documented, 6to4
            "::/96",
            "100::/64",
            "64:ff9b:1::/48",
            "2001::/32",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10",
            "ff00::/8");

    private static final List<String> PUBLIC =
            List.of("1.0.0.0/8", "8.8.8.0/24", "93.184.0.0/16", "172.32.0.0/11", "2606:4700::/32", "2a00::/16");

    private final Map<String, List<InetAddress>> names = new HashMap<>();

    private InetAddress[] look(String host) throws UnknownHostException {
        List<InetAddress> known = names.get(host);
        return known == null ? InetAddress.getAllByName(host) : known.toArray(InetAddress[]::new);
    }

    private WebhookTargets targets(boolean allowHttp, String... networks) {
        return new WebhookTargets(WebhookConfig.of(allowHttp, List.of(networks)), this::look);
    }

    private static InetAddress literal(String address) {
        return InetAddress.ofLiteral(address);
    }

    /** Any of a network. */
    private static InetAddress within(String text, Random random) throws UnknownHostException {
        Network network = Network.of(text);
        byte[] bytes = new byte[network.address().length];
        random.nextBytes(bytes);
        for (int bit = 0; bit < network.bits(); bit++) {
            int mask = 0x80 >> (bit % 8);
            bytes[bit / 8] = (byte) ((bytes[bit / 8] & ~mask) | (network.address()[bit / 8] & mask));
        }
        return InetAddress.getByAddress(bytes);
    }

    private static byte[] behind(String prefix, byte[] v4, int at) {
        byte[] bytes = literal(prefix).getAddress();
        System.arraycopy(v4, 0, bytes, at, v4.length);
        return bytes;
    }

    /** All ways in which an address of IPv4 is written into one of IPv6; the last is one that is good where the address is. */
    private static List<InetAddress> disguises(InetAddress v4) throws UnknownHostException {
        byte[] bytes = v4.getAddress();
        byte[] inverted = {(byte) ~bytes[0], (byte) ~bytes[1], (byte) ~bytes[2], (byte) ~bytes[3]};
        return List.of(
                InetAddress.getByAddress(behind("::", bytes, 12)),
                InetAddress.getByAddress(behind("2002::1", bytes, 2)),
                InetAddress.getByAddress(behind("2001:0:1::", inverted, 12)),
                InetAddress.getByAddress(behind("64:ff9b:1::", bytes, 12)),
                InetAddress.getByAddress(behind("64:ff9b::", bytes, 12)));
    }

    @Test
    void anAddressThatIsNotPublicIsFoundWhereverItStands() throws UnknownHostException {
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            InetAddress bad = within(ELSEWHERE.get(random.nextInt(ELSEWHERE.size())), random);
            List<InetAddress> all = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                all.add(within(PUBLIC.get(random.nextInt(PUBLIC.size())), random));
            }
            List<InetAddress> disguised = bad.getAddress().length == 4 ? disguises(bad) : List.of();
            all.add(disguised.isEmpty() || random.nextBoolean() ? bad : disguised.get(random.nextInt(5)));
            Collections.shuffle(all, random);
            names.put("hooks.example", all);

            assertThat(targets(false).fault("https://hooks.example/"))
                    .as("seed %d: %s", seed, all)
                    .contains(NOT_PUBLIC);
        }
    }

    @Test
    void publicOnesAreTaken() throws UnknownHostException {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            InetAddress good = within(PUBLIC.get(random.nextInt(PUBLIC.size())), random);
            List<InetAddress> all = new ArrayList<>(List.of(good));
            if (good.getAddress().length == 4) {
                all.add(disguises(good).getLast());
            }
            names.put("hooks.example", all);

            assertThat(targets(false).fault("https://hooks.example/veza"))
                    .as("seed %d: %s", seed, all)
                    .isEmpty();
        }
    }

    /** By the system's own resolver, which understands some of them and not others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost.",
                "LOCALHOST",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "017700000001",
                "0",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "[::ffff:a9fe:a9fe]",
                "169.254.169.254",
                "[fe80::1]",
                "[64:ff9b::7f00:1]",
                "nowhere.invalid"
            })
    void namesOfThisMachineAndItsNeighboursAndNobodys(String host) {
        assertThat(targets(false).fault("https://" + host + "/"))
                .hasValueSatisfying(said -> assertThat(said).startsWith("must name a host"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://hooks.example/ | must begin with https://",
                "ftp://hooks.example/ | must begin with https://",
                "file:///etc/passwd | must begin with https://",
                "javascript:alert(1) | must begin with https://",
                "hooks.example/veza | must begin with https://",
                "https:hooks.example | must name a host",
                "https:///veza | must name a host",
                "https://under_score.example/ | must name a host",
                "https://%31%32%37.0.0.1/ | must name a host",
                "https://user:word@hooks.example/ | must not have a user name",
                "https://hooks.example@127.0.0.1/ | must not have a user name",
                "https://hooks.example/#there | must not have a part behind #",
                "https://hooks.example:22/ | must have no port",
                "https://hooks.example:80/ | must have no port",
                "https://hooks.example:0/ | must have no port",
                "https://hooks.example:65536/ | must have no port",
                "https://h\u00f6oks.example/ | must",
                "https://hooks.example/\u00f6 | must be ASCII",
                "https://hooks.example/a b | must be a URL",
                "https://hooks.example\\@127.0.0.1/ | must be a URL",
                "https://hooks.example/%zz | must be a URL"
            })
    void whatIsNoAddressOfAWebhook(String url, String fault) {
        names.put("hooks.example", List.of(literal("8.8.8.8")));

        assertThat(targets(false).fault(url))
                .hasValueSatisfying(said -> assertThat(said).startsWith(fault));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example",
                "HTTPS://hooks.example/",
                "https://hooks.example:443/",
                "https://hooks.example:1024/veza?token=%20t",
                "https://hooks.example:65535/"
            })
    void whatIsOne(String url) {
        names.put("hooks.example", List.of(literal("8.8.8.8")));

        assertThat(targets(false).fault(url)).isEmpty();
        assertThat(targets(true).fault(url.toLowerCase(java.util.Locale.ROOT).replace("https:", "http:")))
                .as("443 is not the port of http")
                .isEqualTo(
                        url.contains(":443")
                                ? java.util.Optional.of("must have no port, or one from 1024 to 65535")
                                : java.util.Optional.empty());
    }

    @Test
    void lengthIsBounded() {
        names.put("hooks.example", List.of(literal("8.8.8.8")));
        String longest = "https://hooks.example/" + "a".repeat(1_978);

        assertThat(targets(false).fault(longest)).isEmpty();
        assertThat(targets(false).fault(longest + "a")).contains("must not exceed 2000 characters");
    }

    @Test
    void anOperatorMayAllowNetworks() {
        names.put("inner.example", List.of(literal("10.1.2.3"), literal("fd00::1")));

        assertThat(targets(false, "10.0.0.0/8", "fd00::/8").fault("https://inner.example/"))
                .isEmpty();
        assertThat(targets(false, "10.0.0.0/8").fault("https://inner.example/")).contains(NOT_PUBLIC);
        assertThatThrownBy(() -> WebhookConfig.of(false, List.of("inner.example")))
                .hasMessageContaining("veza.webhooks.allowed-networks");
    }

    @Test
    void fewOfManyAddressesAreTried() throws UnknownHostException {
        names.put("hooks.example", Collections.nCopies(30, literal("8.8.8.8")));

        assertThat(targets(false).addresses("hooks.example")).hasSize(3);
    }

    /** Whoever connects is given what is there then, or nothing. */
    @Test
    void aNameThatChangesItsMindIsNotConnectedTo() throws UnknownHostException {
        names.put("hooks.example", List.of(literal("8.8.8.8")));
        assertThat(targets(false).addresses("hooks.example")).containsExactly(literal("8.8.8.8"));

        names.put("hooks.example", Arrays.asList(literal("8.8.8.8"), literal("127.0.0.1")));
        assertThatThrownBy(() -> targets(false).addresses("hooks.example")).isInstanceOf(UnknownHostException.class);
    }
}
