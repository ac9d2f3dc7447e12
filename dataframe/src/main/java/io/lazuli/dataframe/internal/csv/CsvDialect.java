package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.io.CsvReadOptions;
import java.nio.charset.StandardCharsets;

/// The characters and spellings of a file as bytes.
///
/// @param lineEnd LF, also where a CR comes before it; or CR
/// @param quote   the line end where quotes mean nothing
/// @param escape  before a quote that does not end its field; the quote itself where quotes are only doubled
/// @param comment what lines begin with that are no records; [#NONE] if there are none
/// @param nulls   spellings of null other than the empty text
record CsvDialect(
        byte delimiter, byte lineEnd, byte quote, byte escape, int comment, byte decimal, boolean emptyIsNull,
        byte[][] nulls) {
    /// No byte.
    static final int NONE = 256;

    static CsvDialect of(CsvReadOptions options, byte lineEnd) {
        byte quote = options.quote().map(character -> (byte) (char) character).orElse(lineEnd);
        return new CsvDialect(
                (byte) options.delimiter(),
                lineEnd,
                quote,
                options.escape().map(character -> (byte) (char) character).orElse(quote),
                options.comment().map(character -> (int) character).orElse(NONE),
                (byte) options.decimal(),
                options.nulls().contains(""),
                options.nulls().stream()
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    boolean hasQuotes() {
        return quote != lineEnd;
    }
}
