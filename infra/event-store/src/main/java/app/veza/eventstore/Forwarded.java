package app.veza.eventstore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What one node hands to the one that sequences, on the wire: {@code layout, node, hash of the last fence it read} and then requests, each
 * {@code kind, ticket, attempt, milliseconds left} and its content. Events go as they are encoded for the index.
 */
final class Forwarded {
    private static final int APPEND = 1;
    private static final int CHECK = 2;
    private static final int LOOKUP = 3;
    /** Bytes of the headers that tell an append's place in the log. */
    private static final int LARGEST_PLACE = 512;

    private Forwarded() {}

    static void begin(FrameWriter frame, String node, byte[] fenceHash) {
        frame.putInt(EncodedAppend.LAYOUT).putText(node).putBytes(fenceHash);
    }

    /** @param generation of this node's index; what was searched in another is not handed over */
    static void write(FrameWriter frame, Handed handed, int attempt, int generation, long now) {
        int kind =
                switch (handed) {
                    case Handed.Append append -> APPEND;
                    case Handed.Check check -> CHECK;
                    case Handed.Lookup lookup -> LOOKUP;
                };
        frame.putByte(kind).putLong(handed.ticket).putInt(attempt).putInt((int)
                TimeUnit.NANOSECONDS.toMillis(handed.deadlineNanos - now));
        switch (handed) {
            case Handed.Append append -> write(frame, append, generation);
            case Handed.Check check -> write(frame, check.condition);
            case Handed.Lookup lookup -> frame.putText(lookup.commandId);
        }
    }

    /**
     * Whichever node it is given to: one that follows hands it over, with its condition, in a message as well.
     *
     * @param most bytes that NATS takes
     * @throws AppendFailure.Invalid when it is more
     */
    static void requireFits(String node, Handed.Append handed, long most) {
        if (handed.bytes() <= most / 2) {
            return;
        }
        EncodedAppend append = handed.append;
        int bytes = Math.max(append.headers().length + append.body().length + LARGEST_PLACE, bytes(node, handed));
        if (bytes > most) {
            throw new AppendFailure.Invalid(
                    "an append of %,d bytes is more than the %,d that NATS takes".formatted(bytes, most));
        }
    }

    /** Of a frame that holds nothing else. */
    private static int bytes(String node, Handed.Append handed) {
        var frame = new FrameWriter();
        begin(frame, node, Chain.genesis());
        write(frame, handed, 1, handed.searched.generation(), System.nanoTime());
        return frame.size();
    }

    private static void write(FrameWriter frame, Handed.Append handed, int generation) {
        handed.append.writeTo(frame);
        if (handed.condition == null) {
            frame.putByte(0);
        } else {
            frame.putByte(1);
            write(frame, handed.condition);
        }
        Handed.Searched searched =
                handed.searched.generation() == generation ? handed.searched : Handed.Searched.NOTHING;
        frame.putLong(searched.conflictUpTo())
                .putLong(searched.conflict())
                .putLong(searched.commandUpTo())
                .putOptionalBytes(
                        searched.command() == null ? null : searched.command().encode());
    }

    private static void write(FrameWriter frame, AppendCondition condition) {
        frame.putLong(condition.after()).putInt(condition.criteria().anyOf().size());
        for (Criterion criterion : condition.criteria().anyOf()) {
            frame.putInt(criterion.types().size());
            criterion.types().forEach(frame::putText);
            frame.putInt(criterion.tags().size());
            criterion.tags().forEach(tag -> frame.putText(tag.key()).putText(tag.value()));
        }
    }

    /**
     * What every frame begins with, whatever its layout.
     *
     * @param fenceHash of the last fence that the node read
     */
    record Sender(int layout, String node, byte[] fenceHash) {
        boolean isReadable() {
            return layout == EncodedAppend.LAYOUT;
        }
    }

    /** @throws RuntimeException when it is no such frame */
    static Sender sender(FrameReader frame) {
        return new Sender(frame.readInt(), frame.readText(), frame.readBytes());
    }

    /**
     * The requests behind a {@link #sender}.
     *
     * @param generation of this node's index: what the other node searched is true of this one's too, as both are behind the same fence
     * @throws RuntimeException when it is no such frame
     */
    static List<Handed> read(FrameReader frame, Sender sender, int generation, long now) {
        List<Handed> all = new ArrayList<>();
        while (frame.hasMore()) {
            int kind = frame.readByte();
            long ticket = frame.readLong();
            var origin = new Handed.Origin(sender.node(), ticket, frame.readInt(), sender.fenceHash());
            long deadline = now + TimeUnit.MILLISECONDS.toNanos(frame.readInt());
            all.add(
                    switch (kind) {
                        case APPEND -> append(frame, origin, deadline, generation);
                        case CHECK -> new Handed.Check(ticket, deadline, origin, condition(frame));
                        case LOOKUP -> new Handed.Lookup(ticket, deadline, origin, frame.readText());
                        default -> throw new IllegalArgumentException("a request of kind " + kind);
                    });
        }
        return all;
    }

    private static Handed.Append append(FrameReader frame, Handed.Origin origin, long deadline, int generation) {
        EncodedAppend append = EncodedAppend.readFrom(frame);
        // here rather than in the sequencer's thread
        append.events().forEach(EncodedEvent::tags);
        AppendCondition condition = frame.readByte() == 0 ? null : condition(frame);
        long conflictUpTo = frame.readLong();
        long conflict = frame.readLong();
        long commandUpTo = frame.readLong();
        byte[] command = frame.readOptionalBytes();
        var searched = new Handed.Searched(
                generation,
                conflictUpTo,
                conflict,
                commandUpTo,
                command == null ? null : RecordedCommand.decode(command));
        return new Handed.Append(origin.ticket(), deadline, origin, append, condition, searched);
    }

    private static AppendCondition condition(FrameReader frame) {
        long after = frame.readLong();
        List<Criterion> anyOf = new ArrayList<>();
        for (int left = frame.readInt(); left > 0; left--) {
            Set<String> types = new HashSet<>();
            for (int type = frame.readInt(); type > 0; type--) {
                types.add(frame.readText());
            }
            Set<Tag> tags = new HashSet<>();
            for (int tag = frame.readInt(); tag > 0; tag--) {
                tags.add(new Tag(frame.readText(), frame.readText()));
            }
            anyOf.add(new Criterion(types, tags));
        }
        return new AppendCondition(new Criteria(anyOf), after);
    }
}
