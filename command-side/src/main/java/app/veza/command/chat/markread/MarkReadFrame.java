package app.veza.command.chat.markread;

import app.veza.command.http.CommandRequests;
import app.veza.command.http.Commands;
import app.veza.command.socket.Acks;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code read.mark}: acknowledged when it is durable, and when it was read before. */
@Component
final class MarkReadFrame implements SocketDoor {

    private final Commands commands;
    private final CommandRequests requests;

    MarkReadFrame(Commands commands, CommandRequests requests) {
        this.commands = commands;
        this.requests = requests;
    }

    @Override
    public String frameType() {
        return "read.mark";
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        UUID messageId = input.id("messageId");
        input.verify();
        return Acks.of(commands.run(
                new MarkRead(roomId, caller, messageId), requests.of(caller).unrepeatable()));
    }
}
