package app.veza.stores;

import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * SMTP that waits longer for the answer to a whole mail than for any other: a server may search a mail before it takes it (RFC 5321,
 * 4.5.3.2.6), and who gives up meanwhile sends it twice.
 */
final class PatientTransport extends SMTPTransport {

    private static final URLName SMTP = new URLName("smtp", null, -1, null, null, null);

    /** Where Jakarta Mail writes whom it writes to: it names the logger by the package of this class. Failures are thrown. */
    private static final Logger CHATTER = Logger.getLogger(PatientTransport.class.getPackageName());

    private final Sockets sockets;
    private final Duration toTakeAMail;

    private PatientTransport(Session session, Sockets sockets, Duration toTakeAMail) {
        super(session, SMTP);
        this.sockets = sockets;
        this.toTakeAMail = toTakeAMail;
    }

    /** For one connection. */
    static PatientTransport of(Properties properties, @Nullable Authenticator authenticator, Duration toTakeAMail) {
        // each time, for who sets up logging sets all levels back
        CHATTER.setLevel(Level.OFF);
        var sockets = new Sockets();
        var all = new Properties();
        all.putAll(properties);
        all.put("mail.smtp.socketFactory", sockets);
        all.put("mail.smtp.socketFactory.fallback", "false");
        return new PatientTransport(Session.getInstance(all, authenticator), sockets, toTakeAMail);
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        Socket connection = sockets.last;
        if (connection != null) {
            // TLS reads through it, too
            connection.setSoTimeout(Math.toIntExact(toTakeAMail.toMillis()));
        }
        super.finishData();
    }

    /** Remembers the last one that it made: Jakarta Mail does not let go of it. */
    private static final class Sockets extends SocketFactory {

        private @Nullable Socket last;

        @Override
        public Socket createSocket() {
            Socket made = new Socket();
            last = made;
            return made;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
