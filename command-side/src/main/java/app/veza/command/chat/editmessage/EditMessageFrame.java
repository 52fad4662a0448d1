package app.veza.command.chat.editmessage;

import app.veza.command.http.CommandRequests;
import app.veza.command.socket.Acks;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code message.edit}: acknowledged when the new text is durable. */
@Component
final class EditMessageFrame implements SocketDoor {

    private final EditEntry edits;
    private final CommandRequests requests;

    EditMessageFrame(EditEntry edits, CommandRequests requests) {
        this.edits = edits;
        this.requests = requests;
    }

    @Override
    public String frameType() {
        return "message.edit";
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        UUID messageId = input.id("messageId");
        input.verify();
        return Acks.of(edits.edit(
                caller,
                requests.of(caller),
                roomId,
                messageId,
                frame.optionalString("text").orElse(null)));
    }
}
