package app.veza.eventstore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Instants as text, exactly as {@link Instant} writes and reads them, several times faster: every event that is read from the
 * stream is read with its time.
 */
final class Timestamps {
    private static final int SECONDS_END = "2000-01-01T00:00:00".length();

    private Timestamps() {}

    static String format(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        int year = time.getYear();
        if (year < 0 || year > 9999) {
            return instant.toString();
        }
        var text = new StringBuilder(30);
        digits(text, year, 4).append('-');
        digits(text, time.getMonthValue(), 2).append('-');
        digits(text, time.getDayOfMonth(), 2).append('T');
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        digits(text, time.getSecond(), 2);
        int nanos = time.getNano();
        if (nanos % 1_000 != 0) {
            digits(text.append('.'), nanos, 9);
        } else if (nanos % 1_000_000 != 0) {
            digits(text.append('.'), nanos / 1_000, 6);
        } else if (nanos != 0) {
            digits(text.append('.'), nanos / 1_000_000, 3);
        }
        return text.append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int count) {
        int start = text.length();
        text.setLength(start + count);
        int rest = number;
        for (int i = start + count - 1; i >= start; i--) {
            text.setCharAt(i, (char) ('0' + rest % 10));
            rest /= 10;
        }
        return text;
    }

    /** @throws java.time.DateTimeException when it is no instant */
    static Instant parse(String text) {
        int length = text.length();
        boolean usual = length > SECONDS_END
                && length <= SECONDS_END + 11
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(length - 1) == 'Z'
                && (length == SECONDS_END + 1 || length > SECONDS_END + 2 && text.charAt(SECONDS_END) == '.');
        if (usual) {
            int year = number(text, 0, 4);
            int month = number(text, 5, 7);
            int day = number(text, 8, 10);
            int hour = number(text, 11, 13);
            int minute = number(text, 14, 16);
            int second = number(text, 17, 19);
            int fraction = length == SECONDS_END + 1 ? 0 : number(text, SECONDS_END + 1, length - 1);
            // 24:00 and leap seconds, and whatever is no number, are for the JDK to judge
            if ((year | month | day | hour | minute | second | fraction) >= 0
                    && hour < 24
                    && minute < 60
                    && second < 60) {
                int nanos = fraction;
                for (int digits = length - SECONDS_END - 2; digits > 0 && digits < 9; digits++) {
                    nanos *= 10;
                }
                long days = LocalDate.of(year, month, day).toEpochDay();
                return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
            }
        }
        return Instant.parse(text);
    }

    /** -1 when there is anything else than digits. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
