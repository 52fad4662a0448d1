package app.veza.command.chat.addreaction;

import app.veza.command.http.CommandRequests;
import app.veza.command.socket.Acks;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code reaction.add}: acknowledged when it is durable. */
@Component
final class AddReactionFrame implements SocketDoor {

    private final ReactionEntry reactions;
    private final CommandRequests requests;

    AddReactionFrame(ReactionEntry reactions, CommandRequests requests) {
        this.reactions = reactions;
        this.requests = requests;
    }

    @Override
    public String frameType() {
        return "reaction.add";
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        UUID messageId = input.id("messageId");
        String emoji = input.required("emoji");
        input.verify();
        return Acks.of(reactions.add(caller, requests.of(caller), roomId, messageId, emoji));
    }
}
