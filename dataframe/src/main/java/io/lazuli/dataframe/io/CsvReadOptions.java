package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.type.DataType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How CSV files are to be understood. Immutable; start from [#DEFAULTS] and change what differs.
///
/// **Example**
/// ```java
/// CsvReadOptions.DEFAULTS.withDelimiter(';').withType("zip", DataType.UTF8).withNulls("", "NA")
/// ```
///
/// @param delimiter   between fields; an ASCII character
/// @param quote       around fields that hold delimiters, quotes (doubled) or line breaks; empty if quotes mean nothing
/// @param header      whether the first line names the columns; they are `column_1`, `column_2`, ... otherwise
/// @param types       types that are not to be guessed, by column
/// @param nulls       unquoted texts that mean null, in columns of any type
/// @param sampleBytes bytes of each of the samples (start, middle, end) from which types are guessed
/// @param lineBreaksInQuotes whether partitions are cut with a pass over the whole file that counts its quotes; otherwise that is done
///                    only where quotes are seen in the samples or near a cut
public record CsvReadOptions(
        char delimiter,
        Optional<Character> quote,
        boolean header,
        SortedMap<String, DataType> types,
        SortedSet<String> nulls,
        int sampleBytes,
        boolean lineBreaksInQuotes) {
    /// Commas, double quotes, a header, types guessed from three samples of 256 KiB; an empty field is null, a quoted empty field
    /// is an empty text.
    public static final CsvReadOptions DEFAULTS = new CsvReadOptions(
            ',', Optional.of('"'), true, new TreeMap<>(), new TreeSet<>(List.of("")), 256 << 10, false);

    /// Errors: USER if delimiter and quote are not two different printable ASCII characters (or tab), or the sample is empty.
    public CsvReadOptions {
        if (!isSeparator(delimiter)) {
            throw Errors.badCsvCharacter("delimiter", delimiter);
        }
        if (quote.isPresent() && (!isSeparator(quote.get()) || quote.get() == delimiter)) {
            throw Errors.badCsvCharacter("quote", quote.get());
        }
        if (sampleBytes < 1) {
            throw Errors.badCsvSample(sampleBytes);
        }
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        nulls = Collections.unmodifiableSortedSet(new TreeSet<>(nulls));
    }

    private static boolean isSeparator(char character) {
        return character == '\t' || character >= ' ' && character < 127;
    }

    public CsvReadOptions withDelimiter(char delimiter) {
        return new CsvReadOptions(delimiter, quote, header, types, nulls, sampleBytes, lineBreaksInQuotes);
    }

    public CsvReadOptions withQuote(char quote) {
        return new CsvReadOptions(delimiter, Optional.of(quote), header, types, nulls, sampleBytes, lineBreaksInQuotes);
    }

    /// Quotes are characters like any other.
    public CsvReadOptions withoutQuotes() {
        return new CsvReadOptions(delimiter, Optional.empty(), header, types, nulls, sampleBytes, lineBreaksInQuotes);
    }

    public CsvReadOptions withHeader(boolean header) {
        return new CsvReadOptions(delimiter, quote, header, types, nulls, sampleBytes, lineBreaksInQuotes);
    }

    /// Declares the type of one more column.
    public CsvReadOptions withType(String column, DataType type) {
        SortedMap<String, DataType> more = new TreeMap<>(types);
        more.put(column, type);
        return new CsvReadOptions(delimiter, quote, header, more, nulls, sampleBytes, lineBreaksInQuotes);
    }

    /// These texts mean null, and no others.
    public CsvReadOptions withNulls(String... nulls) {
        SortedSet<String> all = new TreeSet<>(List.of(nulls));
        return new CsvReadOptions(delimiter, quote, header, types, all, sampleBytes, lineBreaksInQuotes);
    }

    public CsvReadOptions withSampleBytes(int sampleBytes) {
        return new CsvReadOptions(delimiter, quote, header, types, nulls, sampleBytes, lineBreaksInQuotes);
    }

    public CsvReadOptions withLineBreaksInQuotes(boolean lineBreaksInQuotes) {
        return new CsvReadOptions(delimiter, quote, header, types, nulls, sampleBytes, lineBreaksInQuotes);
    }
}
