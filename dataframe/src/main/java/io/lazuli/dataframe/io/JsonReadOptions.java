package io.lazuli.dataframe.io;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// How files of JSON lines are to be understood: one object in each line, in UTF-8. Immutable; start from [#DEFAULTS] and
/// change what differs. Files that start as gzip or Zstandard do are decompressed, each by one task.
///
/// @param types       types that are not to be guessed, by key; keys that the samples lack are columns too; decimals are never
///                    guessed, and are read exactly: more digits than the type has are a bad value
/// @param sampleBytes bytes of each of the samples (start, middle, end) from which keys and types are guessed
/// @param recordBytes bytes of the longest line that is read
/// @param badRows     what becomes of lines that are no such objects, and of values that are not of their column's type
/// @param report      where bad rows are collected; empty if they are logged
/// @param pathColumn  name of one more column, the last: the path of the row's file
public record JsonReadOptions(
        SequencedMap<String, DataType> types,
        int sampleBytes,
        int recordBytes,
        BadRows badRows,
        Optional<BadRowReport> report,
        Optional<String> pathColumn) {
    /// Keys and types guessed from three samples of 256 KiB; lines of at most 16 MiB; a bad row is an error.
    public static final JsonReadOptions DEFAULTS = new JsonReadOptions(
            new LinkedHashMap<>(), 256 << 10, 16 << 20, BadRows.FAIL, Optional.empty(), Optional.empty());

    private static final int MOST_RECORD_BYTES = 512 << 20;

    /// Errors: USER if the sample or the longest line is empty, a line could have more than 512 MiB, or a key is declared
    /// BINARY.
    public JsonReadOptions {
        if (sampleBytes < 1) {
            throw TextErrors.badOption("withSampleBytes", sampleBytes, "a positive number");
        }
        if (recordBytes < 1 || recordBytes > MOST_RECORD_BYTES) {
            throw TextErrors.badOption("withRecordBytes", recordBytes, "1 to " + MOST_RECORD_BYTES);
        }
        types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
        types.forEach((column, type) -> {
            if (type == DataType.BINARY) {
                throw TextErrors.undeclarable(column, type);
            }
        });
        Arguments.given(badRows, "badRows");
        Arguments.given(report, "report");
        Arguments.given(pathColumn, "pathColumn");
    }

    /// Declares the type of one more column.
    public JsonReadOptions withType(String column, DataType type) {
        return withTypes(Schema.of(new Field(column, type)));
    }

    /// Declares the types of these columns; others are guessed.
    public JsonReadOptions withTypes(Schema columns) {
        SequencedMap<String, DataType> more = new LinkedHashMap<>(types);
        Arguments.given(columns, "columns").fields().forEach(field -> more.put(field.name(), field.type()));
        return new JsonReadOptions(more, sampleBytes, recordBytes, badRows, report, pathColumn);
    }

    public JsonReadOptions withSampleBytes(int sampleBytes) {
        return new JsonReadOptions(types, sampleBytes, recordBytes, badRows, report, pathColumn);
    }

    public JsonReadOptions withRecordBytes(int recordBytes) {
        return new JsonReadOptions(types, sampleBytes, recordBytes, badRows, report, pathColumn);
    }

    public JsonReadOptions withBadRows(BadRows badRows) {
        return new JsonReadOptions(types, sampleBytes, recordBytes, badRows, report, pathColumn);
    }

    public JsonReadOptions withReport(BadRowReport report) {
        return new JsonReadOptions(types, sampleBytes, recordBytes, badRows,
                Optional.of(Arguments.given(report, "report")), pathColumn);
    }

    public JsonReadOptions withPathColumn(String column) {
        return new JsonReadOptions(types, sampleBytes, recordBytes, badRows, report,
                Optional.of(Arguments.given(column, "column")));
    }
}
