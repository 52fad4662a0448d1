package app.veza.server.gateway;

import app.veza.command.chat.watchroom.RoomAdmission;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import app.veza.query.shape.Person;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** {@code typing.start} and {@code typing.stop}: who may say something in a room lets the others see that they are about to. */
final class TypingDoor implements SocketDoor {

    /** In seconds: a client that types on says so again by then, and one that is gone need not say that it stopped. */
    private static final int GOOD_FOR = 10;

    private final boolean starts;
    private final RoomAdmission admission;
    private final People people;
    private final RoomSignals signals;
    private final JsonMapper json;

    private TypingDoor(boolean starts, RoomAdmission admission, People people, RoomSignals signals, JsonMapper json) {
        this.starts = starts;
        this.admission = admission;
        this.people = people;
        this.signals = signals;
        this.json = json;
    }

    static TypingDoor start(RoomAdmission admission, People people, RoomSignals signals, JsonMapper json) {
        return new TypingDoor(true, admission, people, signals, json);
    }

    static TypingDoor stop(RoomAdmission admission, People people, RoomSignals signals, JsonMapper json) {
        return new TypingDoor(false, admission, people, signals, json);
    }

    /** @param expiresIn seconds after which the person types no more unless it is said again; 0 when they stopped */
    private record TypingFrame(String type, UUID roomId, Person person, int expiresIn) {}

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
        people.of(caller)
                .map(person -> new TypingFrame("typing", roomId, person, starts ? GOOD_FOR : 0))
                .ifPresent(typing -> signals.send(roomId, json.writeValueAsBytes(typing)));
        return Reply.ack();
    }
}
