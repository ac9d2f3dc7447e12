package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.internal.text.Lines;
import io.lazuli.dataframe.internal.text.TextFile;
import io.lazuli.dataframe.internal.text.TextFiles;
import io.lazuli.dataframe.internal.text.TextReader;
import io.lazuli.dataframe.internal.text.TextScan;
import io.lazuli.dataframe.internal.text.TextSplit;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import io.lazuli.graph.file.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files of JSON lines, read as one table in the order of their names. The columns are the keys of the samples, in the
/// order in which they come, then declared ones that the samples lack and, if asked for, the path of the file.
///
/// @param name        what people see: the pattern's last part
/// @param bytesPerRow of the samples, for estimates
/// @param longBytes   bytes of long texts in a row, for each column of the files
public record JsonSource(
        String name,
        List<TextFile> files,
        Schema schema,
        SortedMap<String, String> skippedColumns,
        JsonReadOptions options,
        double bytesPerRow,
        List<Integer> longBytes) implements Source {
    private static final String SUFFIX = ".{json,jsonl,ndjson}{,.gz,.zst}";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int MOST_FILES_SAMPLED_WHOLE = 3;

    public JsonSource {
        files = List.copyOf(files);
        longBytes = List.copyOf(longBytes);
        skippedColumns = Collections.unmodifiableSortedMap(new TreeMap<>(skippedColumns));
    }

    /// Opens a file, all `.json`, `.jsonl` and `.ndjson` files of a folder, compressed ones too, or those that match a
    /// pattern.
    ///
    /// Errors: USER if there are none; DATA if a sampled line is no JSON object or files have different keys; RESOURCE if
    /// one cannot be read.
    public static JsonSource open(String pattern, JsonReadOptions options) {
        List<TextFile> files = new ArrayList<>();
        JsonSampling samples = new JsonSampling(options);
        for (SourceFile found : SourceFile.find(pattern, SUFFIX)) {
            TextFile file = new TextFile(found, false);
            byte[] head = file.head(4);
            boolean hasMark = head.length >= BYTE_ORDER_MARK.length
                    && Arrays.equals(head, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0,
                            BYTE_ORDER_MARK.length);
            file = file.withRecords(hasMark ? BYTE_ORDER_MARK.length : 0, (byte) '\n');
            samples.add(file, files.size() < MOST_FILES_SAMPLED_WHOLE);
            files.add(file);
        }
        return of(pattern, files, samples, options);
    }

    private static JsonSource of(String pattern, List<TextFile> files, JsonSampling samples, JsonReadOptions options) {
        List<Field> fields = new ArrayList<>();
        List<Integer> longBytes = new ArrayList<>();
        SortedMap<String, String> skipped = new TreeMap<>();
        samples.guesses().forEach((key, guess) -> {
            if (guess.isNested() && !options.types().containsKey(key)) {
                skipped.put(key, "nested");
            } else {
                fields.add(new Field(key, options.types().getOrDefault(key, guess.type())));
                longBytes.add(samples.longBytesPerRow(guess));
            }
        });
        options.types().forEach((key, type) -> {
            if (!samples.guesses().containsKey(key)) {
                fields.add(new Field(key, type));
                longBytes.add(0);
            }
        });
        if (fields.isEmpty() && !samples.longLine().isEmpty()) {
            throw TextErrors.longJsonLine(samples.longLine(), options.sampleBytes());
        }
        if (fields.isEmpty()) {
            throw TextErrors.emptyJson(files.getFirst().path());
        }
        options.pathColumn().ifPresent(column -> {
            if (samples.guesses().containsKey(column) || options.types().containsKey(column)) {
                throw TextErrors.pathColumnExists(files.getFirst().path(), column);
            }
            fields.add(new Field(column, DataType.UTF8));
        });
        return new JsonSource(TextFiles.name(pattern), files, new Schema(fields), skipped, options,
                samples.bytesPerRow(), longBytes);
    }

    /// How many columns the files have.
    private int width() {
        return longBytes.size();
    }

    @Override
    public Token token() {
        return Token.of("json", files, schema.fields(), options.recordBytes(), options.badRows(), options.pathColumn());
    }

    @Override
    public Estimate estimate(ScanRequest request) {
        return TextFiles.estimate(files, bytesPerRow, schema, longBytes, request);
    }

    @Override
    public List<Split> splits(ScanRequest request) {
        return TextFiles.splits(files, estimate(request), Lines::cuts);
    }

    @Override
    public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
        TextSplit part = (TextSplit) split;
        TextScan scan = TextScan.of(
                "JSON", schema, width(), request.columns(), options.badRows(), options.report(),
                options.recordBytes());
        return new TextReader(scan, files.get(part.file()), part.start(), part.end(), scratch,
                badRows -> new JsonScanner(scan.columns(), badRows));
    }
}
