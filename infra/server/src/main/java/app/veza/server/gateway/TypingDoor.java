package app.veza.server.gateway;

import app.veza.command.chat.watchroom.RoomAdmission;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;

/** {@code typing.start} and {@code typing.stop}: who may say something in a room lets the others see that they are about to. */
final class TypingDoor implements SocketDoor {

    /** In seconds: a client that types on says so again by then, and one that is gone need not say that it stopped. */
    private static final int GOOD_FOR = 10;

    private final boolean starts;
    private final RoomAdmission admission;
    private final TypingSignals signals;

    private TypingDoor(boolean starts, RoomAdmission admission, TypingSignals signals) {
        this.starts = starts;
        this.admission = admission;
        this.signals = signals;
    }

    static TypingDoor start(RoomAdmission admission, TypingSignals signals) {
        return new TypingDoor(true, admission, signals);
    }

    static TypingDoor stop(RoomAdmission admission, TypingSignals signals) {
        return new TypingDoor(false, admission, signals);
    }

    @Override
    public String frameType() {
        return starts ? "typing.start" : "typing.stop";
    }

    @Override
    public Cost cost() {
        return Cost.NOTHING;
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        input.verify();
        admission.admitSpeaker(caller, roomId);
        signals.send(roomId, caller, starts ? GOOD_FOR : 0);
        return Reply.ack();
    }
}
