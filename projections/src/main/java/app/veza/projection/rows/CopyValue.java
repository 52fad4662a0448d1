package app.veza.projection.rows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Configuration;
import org.jooq.DataType;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one column stand in PostgreSQL's binary COPY format: their length, then what the type's receive function
 * reads. A type that is not here is written by other means.
 */
@FunctionalInterface
interface CopyValue {

    /** Seconds from 1970 to 2000, from which PostgreSQL counts. */
    long EPOCH_SECONDS = 946_684_800L;

    int EPOCH_DAYS = 10_957;
    int NULL = -1;
    int UUID_OID = 2950;
    int TEXT_OID = 25;
    int BIGINT_OID = 20;

    /** Writes a value that is not null, its length first. */
    void write(CopyBuffer out, Object value);

    default void writeNullable(CopyBuffer out, @Nullable Object value) {
        if (value == null) {
            out.putInt(NULL);
        } else {
            write(out, value);
        }
    }

    /** Empty when columns of this type cannot be written so. */
    static Optional<CopyValue> of(DataType<?> type, Configuration database) {
        return Optional.ofNullable(
                switch (type.getTypeName(database)) {
                    case "uuid" -> as(type, UUID.class, CopyValue::uuid);
                    case "bigint" ->
                        as(type, Long.class, (out, value) -> out.putInt(8).putLong((Long) value));
                    case "integer", "int" ->
                        as(type, Integer.class, (out, value) -> out.putInt(4).putInt((Integer) value));
                    case "smallint" ->
                        as(type, Short.class, (out, value) -> out.putInt(2).putShort((Short) value));
                    case "boolean" ->
                        as(type, Boolean.class, (out, value) -> out.putInt(1).putByte((Boolean) value ? 1 : 0));
                    case "double precision" ->
                        as(
                                type,
                                Double.class,
                                (out, value) -> out.putInt(8).putLong(Double.doubleToLongBits((Double) value)));
                    case "text", "varchar" -> as(type, String.class, (out, value) -> out.putText((String) value));
                    case "timestamp with time zone", "timestamptz" -> as(type, Instant.class, CopyValue::instant);
                    case "date" ->
                        as(
                                type,
                                LocalDate.class,
                                (out, value) ->
                                        out.putInt(4).putInt((int) (((LocalDate) value).toEpochDay() - EPOCH_DAYS)));
                    case "jsonb" -> as(type, JSONB.class, CopyValue::jsonb);
                    case "uuid[]" -> as(type, UUID[].class, array(UUID_OID, CopyValue::uuid));
                    case "text[]", "varchar[]" ->
                        as(type, String[].class, array(TEXT_OID, (out, value) -> out.putText((String) value)));
                    case "bigint[]" ->
                        as(
                                type,
                                Long[].class,
                                array(BIGINT_OID, (out, value) -> out.putInt(8).putLong((Long) value)));
                    // jOOQ has no Java type for it
                    case "tsvector", "\"pg_catalog\".\"tsvector\"" -> as(type, Object.class, CopyValue::tsvector);
                    default -> null;
                });
    }

    /** A column whose Java type is another, by a converter, is left to jOOQ. */
    private static @Nullable CopyValue as(DataType<?> column, Class<?> expected, CopyValue value) {
        return column.getType() == expected ? value : null;
    }

    private static void uuid(CopyBuffer out, Object value) {
        UUID id = (UUID) value;
        out.putInt(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static void instant(CopyBuffer out, Object value) {
        Instant at = (Instant) value;
        out.putInt(8)
                .putLong(Math.addExact(
                        Math.multiplyExact(at.getEpochSecond() - EPOCH_SECONDS, 1_000_000L), at.getNano() / 1_000));
    }

    /** The binary form of jsonb is a version and the text. */
    private static void jsonb(CopyBuffer out, Object value) {
        int at = out.beginSized();
        out.putByte(1).put(((JSONB) value).data().getBytes(StandardCharsets.UTF_8));
        out.endSized(at);
    }

    /** Of lexemes without positions: how many, then each with a zero behind it and how many positions it has. PostgreSQL sorts them. */
    private static void tsvector(CopyBuffer out, Object value) {
        String[] lexemes = (String[]) value;
        int at = out.beginSized();
        out.putInt(lexemes.length);
        for (String lexeme : lexemes) {
            out.put(lexeme.getBytes(StandardCharsets.UTF_8)).putByte(0).putShort(0);
        }
        out.endSized(at);
    }

    private static CopyValue array(int elementOid, CopyValue element) {
        return (out, value) -> {
            Object[] elements = (Object[]) value;
            int at = out.beginSized();
            out.putInt(elements.length == 0 ? 0 : 1).putInt(1).putInt(elementOid);
            if (elements.length > 0) {
                out.putInt(elements.length).putInt(1);
                for (Object one : elements) {
                    element.writeNullable(out, one);
                }
            }
            out.endSized(at);
        };
    }
}
