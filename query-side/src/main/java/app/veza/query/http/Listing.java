package app.veza.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor for the next page; null on the last one
 */
public record Listing<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {

    /**
     * @param rows the page, and one more when there is a next one
     * @param key by which the list is cut, of the last row of this page
     */
    public static <R, T> Listing<T> of(
            Page page, List<R> rows, Function<? super R, String> key, Function<? super R, ? extends T> item) {
        List<R> shown = rows.size() > page.limit() ? rows.subList(0, page.limit()) : rows;
        return new Listing<>(
                shown.stream().<T>map(item).toList(),
                shown.size() < rows.size() ? page.cursorAfter(key.apply(shown.getLast())) : null);
    }
}
