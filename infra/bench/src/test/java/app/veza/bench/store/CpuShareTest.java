package app.veza.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.bench.CpuClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CpuShareTest {

    private static final Duration WATCHED = Duration.ofSeconds(1);

    @Test
    void ofTheFirstVersionTheHierarchyThatLimitsProcessorsIsTaken() {
        assertThat(CpuShare.parents(
                        List.of(
                                "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
                                "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct",
                                "34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset"),
                        List.of("3:cpuset:/", "2:cpu,cpuacct:/build/one")))
                .containsExactly(
                        Path.of("/sys/fs/cgroup/cpu,cpuacct/build/one"),
                        Path.of("/sys/fs/cgroup/cpu,cpuacct/build"),
                        Path.of("/sys/fs/cgroup/cpu,cpuacct"));
    }

    @Test
    void ofTheSecondVersionThereIsOne() {
        assertThat(CpuShare.parents(
                        List.of("30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"),
                        List.of("0::/user.slice")))
                .containsExactly(Path.of("/sys/fs/cgroup/user.slice"), Path.of("/sys/fs/cgroup"));
    }

    /** A container sees its own cgroup as the top, but may be told its name as the host sees it. */
    @Test
    void withinAContainerNothingAboveItsOwnCgroupIsTaken() {
        assertThat(CpuShare.parents(
                        List.of("32 31 0:29 /docker/1f3a /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu"),
                        List.of("1:cpu:/docker/1f3a")))
                .containsExactly(Path.of("/sys/fs/cgroup/cpu"));
    }

    @Test
    void whereNothingLimitsProcessorsThereIsNone() {
        assertThat(CpuShare.parents(
                        List.of("41 31 0:38 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory"),
                        List.of("4:memory:/")))
                .isEmpty();
    }

    /** Where cgroups may be made. */
    @Test
    void aProcessIsGivenItsPartAndNoMore() throws IOException, InterruptedException {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        Optional<CpuShare> share = Optional.empty();
        try {
            share = CpuShare.of(busy.pid(), "veza-bench-test");
            if (share.isPresent()) {
                share.get().limit(0.1);
                var clock = new CpuClock(busy.pid());
                CpuClock.Reading before = clock.read();
                assertThat(busy.waitFor(WATCHED)).isFalse();
                assertThat(clock.read().since(before).server())
                        .isLessThanOrEqualTo(WATCHED.dividedBy(5).toNanos());
            }
        } finally {
            busy.destroyForcibly().waitFor();
            if (share.isPresent()) {
                share.get().close();
            }
        }
    }
}
