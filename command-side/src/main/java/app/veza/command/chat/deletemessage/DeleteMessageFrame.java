package app.veza.command.chat.deletemessage;

import app.veza.command.http.CommandRequests;
import app.veza.command.http.Commands;
import app.veza.command.socket.Acks;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code message.delete}: acknowledged when it is durably gone. */
@Component
final class DeleteMessageFrame implements SocketDoor {

    private final Commands commands;
    private final CommandRequests requests;

    DeleteMessageFrame(Commands commands, CommandRequests requests) {
        this.commands = commands;
        this.requests = requests;
    }

    @Override
    public String frameType() {
        return "message.delete";
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        UUID messageId = input.id("messageId");
        input.verify();
        return Acks.of(commands.run(
                new DeleteMessage(roomId, messageId, caller),
                requests.of(caller).unrepeatable()));
    }
}
