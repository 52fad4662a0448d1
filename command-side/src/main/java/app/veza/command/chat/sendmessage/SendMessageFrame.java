package app.veza.command.chat.sendmessage;

import app.veza.command.http.CommandRequests;
import app.veza.command.socket.FrameInput;
import app.veza.command.socket.SocketDoor;
import app.veza.gateway.frame.Frame;
import app.veza.gateway.frame.Reply;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** {@code message.send}: acknowledged when the message is durable. */
@Component
final class SendMessageFrame implements SocketDoor {

    private final MessageEntry messages;
    private final CommandRequests requests;

    SendMessageFrame(MessageEntry messages, CommandRequests requests) {
        this.messages = messages;
        this.requests = requests;
    }

    @Override
    public String frameType() {
        return "message.send";
    }

    @Override
    public Reply answer(UUID caller, Frame frame) {
        var input = new FrameInput(frame);
        UUID roomId = input.id("roomId");
        input.verify();
        MessageEntry.Sent sent = messages.send(
                caller,
                requests.of(caller),
                roomId,
                new MessageEntry.Body(
                        frame.optionalString("text").orElse(null),
                        frame.optionalString("clientMessageId").orElse(null),
                        frame.optionalString("replyTo").orElse(null),
                        frame.optionalStrings("attachments").orElse(null)));
        return Reply.ack(Map.of("messageId", sent.messageId(), "position", sent.position()));
    }
}
