package app.veza.query.analytics.reports;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;

/** A report as RFC 4180 has it, with the columns' names first. */
@Component
public final class ReportCsv extends AbstractHttpMessageConverter<Object> {

    static final String MEDIA_TYPE = "text/csv";
    static final MediaType TYPE = new MediaType("text", "csv", StandardCharsets.UTF_8);

    private static final String LINE_END = "\r\n";

    ReportCsv() {
        super(TYPE);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == ReportAnswer.class;
    }

    @Override
    protected boolean canRead(@Nullable MediaType type) {
        return false;
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("Reports are only written", message);
    }

    @Override
    protected void writeInternal(Object answer, HttpOutputMessage message) throws IOException {
        ReportAnswer report = (ReportAnswer) answer;
        message.getHeaders()
                .setContentDisposition(ContentDisposition.attachment()
                        .filename(report.report() + ".csv")
                        .build());
        Writer out = new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8);
        out.write(line(report.columns().stream().map(ReportColumn::name)));
        for (Map<String, @Nullable Object> item : report.items()) {
            out.write(line(report.columns().stream().map(column -> cell(item.get(column.name())))));
        }
        out.flush();
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(",", "", LINE_END));
    }

    static String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Double number -> BigDecimal.valueOf(number).toPlainString();
            case BigDecimal number -> number.toPlainString();
            case String text -> quoted(harmless(text));
            default -> quoted(value.toString());
        };
    }

    /** What people called a room or a stream must not become a formula in whoever's spreadsheet. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
