package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.io.CsvReadOptions;
import java.nio.charset.StandardCharsets;

/// The characters and spellings of a file as bytes.
///
/// @param quote LF where quotes mean nothing
/// @param nulls spellings of null other than the empty text
record CsvDialect(byte delimiter, byte quote, boolean emptyIsNull, byte[][] nulls) {
    static CsvDialect of(CsvReadOptions options) {
        return new CsvDialect(
                (byte) options.delimiter(),
                (byte) (char) options.quote().orElse('\n'),
                options.nulls().contains(""),
                options.nulls().stream()
                        .filter(text -> !text.isEmpty())
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }
}
