package app.veza.bench.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket, as cheap as can be: frames are found in the bytes and searched, not parsed. It is masked with zeros, which leaves the
 * payload as it is.
 */
final class SwarmSocket extends ChannelInboundHandlerAdapter {

    private static final int TEXT = 0x81;
    private static final int PING = 0x9;
    private static final int PONG = 0x8A;
    private static final int CLOSE = 0x8;
    private static final byte[] SENT_AT = ascii("\"text\":\"t=");
    private static final byte[] POSITION = ascii("\"position\":");
    private static final byte[] REPLY = ascii("{\"id\":");
    private static final byte[] ERROR = ascii("\"type\":\"error\"");
    private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");

    private final Swarm swarm;
    private final byte[] handshake;
    private boolean isOpen;
    private @Nullable ByteBuf rest;
    private @Nullable ChannelHandlerContext context;
    volatile long position;

    /** @param position that was seen last, by the one before */
    SwarmSocket(Swarm swarm, String handshake, long position) {
        this.swarm = swarm;
        this.handshake = ascii(handshake);
        this.position = position;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        active.writeAndFlush(active.alloc().buffer(handshake.length).writeBytes(handshake));
    }

    /** From any thread; true frames only: {@code json} is a frame's whole text. */
    void send(String json) {
        ChannelHandlerContext open = context;
        if (open == null) {
            throw new IllegalStateException("not connected yet");
        }
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = open.alloc().buffer(text.length + 8);
        frame.writeByte(TEXT);
        if (text.length < 126) {
            frame.writeByte(0x80 | text.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(text.length);
        }
        frame.writeInt(0).writeBytes(text);
        open.writeAndFlush(frame);
    }

    void cut() {
        ChannelHandlerContext open = context;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (rest != null) {
            in = rest.writeBytes(in);
            ((ByteBuf) message).release();
            rest = null;
        }
        while (take(from, in)) {
            // each call took one frame, or the handshake's answer
        }
        if (in.isReadable()) {
            rest = from.alloc().buffer(in.readableBytes() * 2).writeBytes(in);
        }
        in.release();
    }

    private boolean take(ChannelHandlerContext from, ByteBuf in) {
        if (!isOpen) {
            return takeHandshake(from, in);
        }
        int start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return false;
        }
        int length = in.getByte(start + 1) & 0x7F;
        int header = length == 126 ? 4 : length == 127 ? 10 : 2;
        if (in.readableBytes() < header) {
            return false;
        }
        int size =
                length == 126 ? in.getUnsignedShort(start + 2) : length == 127 ? (int) in.getLong(start + 2) : length;
        if (in.readableBytes() < header + size) {
            return false;
        }
        int opcode = in.getByte(start) & 0x0F;
        ByteBuf payload = in.slice(start + header, size);
        in.skipBytes(header + size);
        switch (opcode) {
            case PING ->
                from.writeAndFlush(from.alloc()
                        .buffer(size + 6)
                        .writeByte(PONG)
                        .writeByte(0x80 | size)
                        .writeInt(0)
                        .writeBytes(payload));
            case CLOSE -> swarm.closedByServer(size < 2 ? 0 : payload.getUnsignedShort(payload.readerIndex()));
            default -> read(ByteBufUtil.getBytes(payload));
        }
        return true;
    }

    private boolean takeHandshake(ChannelHandlerContext from, ByteBuf in) {
        byte[] head = ByteBufUtil.getBytes(in);
        int end = find(head, END_OF_HEAD, 0);
        if (end < 0) {
            return false;
        }
        if (!new String(head, 0, 12, StandardCharsets.US_ASCII).equals("HTTP/1.1 101")) {
            swarm.refused(new String(head, StandardCharsets.US_ASCII));
            from.close();
            return false;
        }
        in.skipBytes(end + END_OF_HEAD.length);
        isOpen = true;
        swarm.opened(this);
        return true;
    }

    private void read(byte[] frame) {
        if (find(frame, REPLY, 0) == 0) {
            swarm.answered(this, find(frame, ERROR, 0) >= 0 ? new String(frame, StandardCharsets.UTF_8) : null);
            return;
        }
        long at = number(frame, POSITION);
        if (at > 0) {
            position = at;
            swarm.delivered(number(frame, SENT_AT), at);
        }
    }

    /** The number behind the first such bytes; 0 when there are none. */
    private static long number(byte[] frame, byte[] before) {
        int found = find(frame, before, 0);
        if (found < 0) {
            return 0;
        }
        long number = 0;
        for (int i = found + before.length; i < frame.length && frame[i] >= '0' && frame[i] <= '9'; i++) {
            number = number * 10 + frame[i] - '0';
        }
        return number;
    }

    private static int find(byte[] in, byte[] what, int from) {
        for (int i = from; i <= in.length - what.length; i++) {
            int k = 0;
            while (k < what.length && in[i + k] == what[k]) {
                k++;
            }
            if (k == what.length) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
        swarm.gone(isOpen);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        swarm.refused(String.valueOf(cause));
        broken.close();
    }
}
