package app.veza.command.chat.removereaction;

import app.veza.command.http.CommandRequests;
import app.veza.command.http.Commands;
import app.veza.command.socket.Acks;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code reaction.remove}: acknowledged when it is durably gone. */
@Component
final class RemoveReactionFrame implements SocketDoor {

    private final Commands commands;
    private final CommandRequests requests;

    RemoveReactionFrame(Commands commands, CommandRequests requests) {
        this.commands = commands;
        this.requests = requests;
    }

    @Override
    public String frameType() {
        return "reaction.remove";
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        UUID messageId = input.id("messageId");
        String emoji = input.required("emoji");
        input.verify();
        return Acks.of(commands.run(
                new RemoveReaction(roomId, messageId, caller, RemoveReactionEndpoint.counted(emoji)),
                requests.of(caller).unrepeatable()));
    }
}
