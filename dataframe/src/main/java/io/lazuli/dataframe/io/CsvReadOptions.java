package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// How CSV files are to be understood. Immutable; start from [#DEFAULTS] and change what differs.
///
/// **Example**
/// ```java
/// CsvReadOptions.DEFAULTS.withDelimiter(';').withDecimal(',').withType("zip", DataType.UTF8).withNulls("", "NA")
/// ```
///
/// Lines end in LF, CRLF, or in all of a file in CR. Files that start as gzip or Zstandard do are decompressed, each by one
/// task. Text is UTF-8; a byte order mark is passed over.
///
/// @param delimiter   between fields; an ASCII character
/// @param quote       around fields that hold delimiters, quotes (doubled) or line breaks; empty if quotes mean nothing
/// @param escape      within quotes, before a quote or itself; empty if quotes are only doubled
/// @param comment     what lines begin with that are passed over; empty if there are none
/// @param decimal     between whole and fraction of numbers: a point or a comma
/// @param header      whether the first line names the columns; they are `column_1`, `column_2`, ... otherwise
/// @param skippedLines lines before the header that are passed over
/// @param types       types that are not to be guessed, by column; decimals are never, and are read exactly: more digits than
///                    the type has are a bad value
/// @param nulls       unquoted texts that mean null, in columns of any type
/// @param sampleBytes bytes of each of the samples (start, middle, end) from which types are guessed
/// @param lineBreaksInQuotes whether partitions are cut with a pass over the whole file that counts its quotes;
///                    otherwise that is done only where quotes are seen in the samples or near a cut
/// @param recordBytes bytes of the longest record that is read: more than that is taken for a missing line break
/// @param isLatin1    whether the text is ISO 8859-1 instead of UTF-8; such files are read by one task each
/// @param badRows     what becomes of rows that are not as they should be
/// @param report      where bad rows are collected; empty if they are logged
/// @param pathColumn  name of one more column, the last: the path of the row's file
public record CsvReadOptions(
        char delimiter,
        Optional<Character> quote,
        Optional<Character> escape,
        Optional<Character> comment,
        char decimal,
        boolean header,
        int skippedLines,
        SortedMap<String, DataType> types,
        SortedSet<String> nulls,
        int sampleBytes,
        boolean lineBreaksInQuotes,
        int recordBytes,
        boolean isLatin1,
        BadRows badRows,
        Optional<BadRowReport> report,
        Optional<String> pathColumn) {
    /// Commas, double quotes, a header, types guessed from three samples of 256 KiB; an empty field is null, a quoted
    /// empty field is an empty text; records of at most 16 MiB; a bad row is an error.
    public static final CsvReadOptions DEFAULTS = new Draft().options();

    private static final int MOST_RECORD_BYTES = 512 << 20;

    /// Errors: USER if delimiter, quote, escape, comment and decimal sign are not different printable ASCII characters (or
    /// tabs), the sample or the longest record is empty, a record could have more than 512 MiB, or a column is
    /// declared BINARY.
    public CsvReadOptions {
        checkCharacter("delimiter", delimiter);
        quote.ifPresent(character -> checkCharacter("quote", character));
        escape.ifPresent(character -> checkCharacter("escape", character));
        comment.ifPresent(character -> checkCharacter("comment", character));
        checkDifferent(delimiter, quote, escape, comment, decimal);
        if (decimal != '.' && decimal != ',') {
            throw TextErrors.badOption("withDecimal", decimal, "'.' or ','");
        }
        if (sampleBytes < 1) {
            throw Errors.badCsvSample(sampleBytes);
        }
        if (skippedLines < 0) {
            throw TextErrors.badOption("withSkippedLines", skippedLines, "no negative number");
        }
        if (recordBytes < 1 || recordBytes > MOST_RECORD_BYTES) {
            throw TextErrors.badOption("withRecordBytes", recordBytes, "1 to " + MOST_RECORD_BYTES);
        }
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        nulls = Collections.unmodifiableSortedSet(new TreeSet<>(nulls));
        types.forEach((column, type) -> {
            if (type == DataType.BINARY) {
                throw TextErrors.undeclarable(column, type);
            }
        });
        Arguments.given(badRows, "badRows");
        Arguments.given(report, "report");
        Arguments.given(pathColumn, "pathColumn");
    }

    private static void checkCharacter(String role, char character) {
        if (character != '\t' && (character < ' ' || character >= 127)) {
            throw Errors.badCsvCharacter(role, character);
        }
    }

    private static void checkDifferent(char delimiter, Optional<Character> quote, Optional<Character> escape,
            Optional<Character> comment, char decimal) {
        Set<Character> seen = new HashSet<>(List.of(delimiter));
        Optional<Character> comma = decimal == ',' ? Optional.of(decimal) : Optional.empty();
        Stream.of(quote, escape, comment, comma).flatMap(Optional::stream).forEach(character -> {
            if (!seen.add(character)) {
                throw TextErrors.sameCharacter(character);
            }
        });
    }

    public CsvReadOptions withDelimiter(char delimiter) {
        return with(draft -> draft.delimiter = delimiter);
    }

    public CsvReadOptions withQuote(char quote) {
        return with(draft -> draft.quote = Optional.of(quote));
    }

    /// Quotes are characters like any other.
    public CsvReadOptions withoutQuotes() {
        return with(draft -> draft.quote = Optional.empty());
    }

    /// Within quotes, this character takes the special meaning from the next one. Files with quotes are then read by one
    /// task each.
    public CsvReadOptions withEscape(char escape) {
        return with(draft -> draft.escape = Optional.of(escape));
    }

    /// Lines that begin with this character are no records. Files with quotes are then read by one task each.
    public CsvReadOptions withComment(char comment) {
        return with(draft -> draft.comment = Optional.of(comment));
    }

    public CsvReadOptions withDecimal(char decimal) {
        return with(draft -> draft.decimal = decimal);
    }

    public CsvReadOptions withHeader(boolean header) {
        return with(draft -> draft.header = header);
    }

    public CsvReadOptions withSkippedLines(int skippedLines) {
        return with(draft -> draft.skippedLines = skippedLines);
    }

    /// Declares the type of one more column.
    public CsvReadOptions withType(String column, DataType type) {
        return with(draft -> draft.types.put(Arguments.given(column, "column"), Arguments.given(type, "type")));
    }

    /// Declares the types of these columns; others are guessed.
    public CsvReadOptions withTypes(Schema columns) {
        return with(draft -> {
            for (Field field : Arguments.given(columns, "columns").fields()) {
                draft.types.put(field.name(), field.type());
            }
        });
    }

    /// These texts mean null, and no others.
    public CsvReadOptions withNulls(String... nulls) {
        return with(draft -> draft.nulls = new TreeSet<>(Arguments.all("nulls", nulls)));
    }

    public CsvReadOptions withSampleBytes(int sampleBytes) {
        return with(draft -> draft.sampleBytes = sampleBytes);
    }

    public CsvReadOptions withLineBreaksInQuotes(boolean lineBreaksInQuotes) {
        return with(draft -> draft.lineBreaksInQuotes = lineBreaksInQuotes);
    }

    public CsvReadOptions withRecordBytes(int recordBytes) {
        return with(draft -> draft.recordBytes = recordBytes);
    }

    /// The text is ISO 8859-1.
    public CsvReadOptions withLatin1() {
        return with(draft -> draft.isLatin1 = true);
    }

    /// What becomes of bad rows. Unless they are errors, files with quotes are read by one task each.
    public CsvReadOptions withBadRows(BadRows badRows) {
        return with(draft -> draft.badRows = badRows);
    }

    public CsvReadOptions withReport(BadRowReport report) {
        return with(draft -> draft.report = Optional.of(Arguments.given(report, "report")));
    }

    public CsvReadOptions withPathColumn(String column) {
        return with(draft -> draft.pathColumn = Optional.of(Arguments.given(column, "column")));
    }

    private CsvReadOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /// Options on their way to others.
    private static final class Draft {
        private char delimiter = ',';
        private Optional<Character> quote = Optional.of('"');
        private Optional<Character> escape = Optional.empty();
        private Optional<Character> comment = Optional.empty();
        private char decimal = '.';
        private boolean header = true;
        private int skippedLines;
        private SortedMap<String, DataType> types = new TreeMap<>();
        private SortedSet<String> nulls = new TreeSet<>(List.of(""));
        private int sampleBytes = 256 << 10;
        private boolean lineBreaksInQuotes;
        private int recordBytes = 16 << 20;
        private boolean isLatin1;
        private BadRows badRows = BadRows.FAIL;
        private Optional<BadRowReport> report = Optional.empty();
        private Optional<String> pathColumn = Optional.empty();

        Draft() {}

        Draft(CsvReadOptions from) {
            delimiter = from.delimiter;
            quote = from.quote;
            escape = from.escape;
            comment = from.comment;
            decimal = from.decimal;
            header = from.header;
            skippedLines = from.skippedLines;
            types = new TreeMap<>(from.types);
            nulls = from.nulls;
            sampleBytes = from.sampleBytes;
            lineBreaksInQuotes = from.lineBreaksInQuotes;
            recordBytes = from.recordBytes;
            isLatin1 = from.isLatin1;
            badRows = from.badRows;
            report = from.report;
            pathColumn = from.pathColumn;
        }

        CsvReadOptions options() {
            return new CsvReadOptions(delimiter, quote, escape, comment, decimal, header, skippedLines, types, nulls,
                    sampleBytes, lineBreaksInQuotes, recordBytes, isLatin1, badRows, report, pathColumn);
        }
    }
}
