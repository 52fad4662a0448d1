package app.veza.gateway;

/** Close codes that this server sends: RFC 6455's, and its own in the private range. */
public final class CloseCode {
    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: the frame had no code. */
    public static final int NO_STATUS = 1005;
    /** Never on the wire: the socket ended without a close frame. */
    public static final int ABNORMAL = 1006;

    public static final int INVALID_PAYLOAD = 1007;
    public static final int TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;
    /** The node is stopping: connect again, elsewhere. */
    public static final int SERVICE_RESTART = 1012;

    /** The session that authenticated the connection has ended. */
    public static final int AUTHENTICATION_ENDED = 4401;

    /** What was sent is not read fast enough; whoever resumes gets it all the same. */
    public static final int SLOW_READER = 4408;

    public static final int TOO_MANY_FRAMES = 4429;

    private CloseCode() {}

    /** Whether an endpoint may put it into a close frame (RFC 6455, 7.4). */
    static boolean validOnWire(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
