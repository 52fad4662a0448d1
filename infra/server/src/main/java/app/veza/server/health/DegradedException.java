package app.veza.server.health;

/** A part does its work and yet needs somebody's attention; the message says why. */
final class DegradedException extends Exception {
    DegradedException(String message) {
        super(message);
    }
}
