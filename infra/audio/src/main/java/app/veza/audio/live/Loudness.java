package app.veza.audio.live;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Integrated loudness of BS.1770-4 over what was measured since it was last asked: of blocks of 400 ms that begin 100 ms apart
 * (momentary loudness, ten times a second), those above an absolute gate and above one relative to their mean.
 */
final class Loudness {

    private static final double ABSOLUTE_GATE = -70;
    private static final double RELATIVE_GATE = -10;
    /** Below it nobody hears anything: a microphone in a quiet room is some 10 LU above. */
    private static final double SILENCE = -60;

    private static final int BLOCK_MILLIS = 100;

    private final List<Double> blocks = new ArrayList<>();

    /** @param lufs absent in silence */
    record Measured(OptionalDouble lufs, int silentMillis) {}

    synchronized void add(double momentary) {
        blocks.add(momentary);
    }

    synchronized Measured drain() {
        int silent = (int) blocks.stream().filter(block -> block < SILENCE).count() * BLOCK_MILLIS;
        OptionalDouble above = mean(blocks, ABSOLUTE_GATE);
        OptionalDouble integrated =
                above.isPresent() ? mean(blocks, Math.max(ABSOLUTE_GATE, above.getAsDouble() + RELATIVE_GATE)) : above;
        blocks.clear();
        return new Measured(integrated, silent);
    }

    /** Loudness is the logarithm of a power, and powers have a mean. */
    private static OptionalDouble mean(List<Double> blocks, double gate) {
        OptionalDouble power = blocks.stream()
                .filter(block -> block > gate)
                .mapToDouble(block -> Math.pow(10, block / 10))
                .average();
        return power.isPresent() ? OptionalDouble.of(10 * Math.log10(power.getAsDouble())) : power;
    }
}
