package app.veza.eventstore;

import io.nats.client.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what other nodes hand over, gives it to the sequencer, and sends the outcomes back, many in one frame. */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int LARGEST_FRAME = 128 * 1024;

    private final Intake intake;
    private final Peers peers;
    private final IntSupplier generation;
    private final Map<String, FrameWriter> replies = new HashMap<>();

    /** @param generation of this node's index */
    Reception(Intake intake, Peers peers, IntSupplier generation) {
        this.intake = intake;
        this.peers = peers;
        this.generation = generation;
    }

    void received(Message frame) {
        List<Handed> all;
        try {
            var reader = new FrameReader(frame.getData());
            Forwarded.Sender sender = Forwarded.sender(reader);
            if (!sender.isReadable()) {
                refuse(sender);
                return;
            }
            all = Forwarded.read(reader, sender, generation.getAsInt(), System.nanoTime());
        } catch (RuntimeException e) {
            LOG.error("A frame of {} bytes from another node cannot be read", frame.getData().length, e);
            return;
        }
        for (Handed handed : all) {
            Handed.Origin origin = handed.origin;
            if (origin != null) {
                handed.future().whenComplete((result, failure) -> answer(origin, answer(handed, failure)));
                if (!intake.offer(handed)) {
                    handed.fail(new AppendFailure.Unavailable(
                            "nothing was appended: too many appends wait already", Outcomes.RETRY_AFTER));
                    flush();
                }
            }
        }
    }

    /** Whoever waits is to be told at once, and why. */
    private void refuse(Forwarded.Sender sender) {
        LOG.warn(
                "Node {} hands over in layout {}, this node reads {}: upgrade whichever is older",
                sender.node(),
                sender.layout(),
                EncodedAppend.LAYOUT);
        var answer = new ForwardReply.Answer.OtherLayout(sender.fenceHash(), EncodedAppend.LAYOUT);
        answer(new Handed.Origin(sender.node(), ForwardReply.ALL, 0, sender.fenceHash()), answer);
        flush();
    }

    private static ForwardReply.Answer answer(Handed handed, @Nullable Throwable failure) {
        if (failure != null) {
            return new ForwardReply.Answer.Failed(
                    failure instanceof AppendFailure known ? known : new AppendFailure.Unknown(failure.toString()));
        }
        return switch (handed) {
            case Handed.Append append -> new ForwardReply.Answer.Settled(append.future.join());
            case Handed.Check check -> new ForwardReply.Answer.Checked(check.future.join());
            case Handed.Lookup lookup -> {
                Optional<AppendOutcome.Duplicate> found = lookup.future.join();
                yield new ForwardReply.Answer.LookedUp(found);
            }
        };
    }

    synchronized void answer(Handed.Origin origin, ForwardReply.Answer answer) {
        FrameWriter frame = replies.computeIfAbsent(origin.node(), node -> new FrameWriter());
        new ForwardReply(origin.ticket(), origin.attempt(), answer).write(frame);
        if (frame.size() > LARGEST_FRAME) {
            send(origin.node(), frame);
        }
    }

    synchronized void flush() {
        replies.forEach((node, frame) -> {
            if (frame.size() > 0) {
                send(node, frame);
            }
        });
        if (replies.size() > 64) {
            replies.clear();
        }
    }

    private void send(String node, FrameWriter frame) {
        try {
            peers.reply(node, frame.toByteArray());
        } catch (IllegalStateException e) {
            LOG.info("Outcomes for node {} could not be sent, it finds them in the log: {}", node, e.getMessage());
        }
        frame.reset();
    }
}
