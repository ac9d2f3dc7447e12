package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.text.BadRowLog;
import io.lazuli.dataframe.internal.text.Lines;
import io.lazuli.dataframe.internal.text.Malformed;
import io.lazuli.dataframe.internal.text.TextFile;
import io.lazuli.dataframe.internal.text.TextSample;
import io.lazuli.dataframe.io.JsonReadOptions;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.Set;

/// Looks at the start of each file, and at the middle and the end of some, to learn their keys, the types of their values
/// and how long lines are.
final class JsonSampling {
    /// Keys that there may be: so few that what is kept for each of them stays within some 32 MiB.
    static final int MOST_KEYS = 1 << 16;

    private final JsonReadOptions options;
    private final SequencedMap<String, JsonGuess> guesses = new LinkedHashMap<>();
    private final JsonCursor cursor = new JsonCursor();
    private long rowCount;
    private long byteCount;
    private Set<String> firstKeys = Set.of();
    private String firstPath = "";
    /// The first file whose first line is longer than a sample; empty if there is none.
    private String longLine = "";

    JsonSampling(JsonReadOptions options) {
        this.options = options;
    }

    SequencedMap<String, JsonGuess> guesses() {
        return guesses;
    }

    double bytesPerRow() {
        return rowCount == 0 ? 1 : (double) byteCount / rowCount;
    }

    /// Empty if no file begins with a line that is longer than a sample.
    String longLine() {
        return longLine;
    }

    int longBytesPerRow(JsonGuess guess) {
        return rowCount == 0 ? 0 : (int) (guess.longBytes() / rowCount);
    }

    /// Errors: DATA if a line is no JSON object, or the keys of a file are neither among those of the first nor the other
    /// way round.
    void add(TextFile file, boolean isWhole) {
        Set<String> keys = new LinkedHashSet<>(options.types().keySet());
        scan(TextSample.at(file, file.dataStart(), options.sampleBytes()), keys);
        if (file.isSeekable() && isWhole) {
            long size = file.file().byteSize();
            for (long from : new long[] {size / 2, size - options.sampleBytes()}) {
                if (from > file.dataStart() + options.sampleBytes()) {
                    scan(TextSample.fromLineAfter(file, from, options.sampleBytes()), keys);
                }
            }
        }
        if (firstPath.isEmpty()) {
            firstPath = file.path();
            firstKeys = keys;
        } else if (!firstKeys.containsAll(keys) && !keys.containsAll(firstKeys)) {
            throw Errors.differentSchemas(firstPath, file.path(), firstKeys.toString(), keys.toString());
        }
    }

    private void scan(TextSample sample, Set<String> keys) {
        BadRowLog badRows = BadRowLog.ofSample(options.badRows(), "JSON", sample.file(), sample.start());
        long from = 0;
        while (from < sample.size()) {
            long next = Lines.after(sample.bytes(), from, sample.size(), (byte) '\n', -1);
            if (next < 0) {
                boolean isFirst = from == 0 && sample.start() == sample.file().dataStart();
                longLine = isFirst && longLine.isEmpty() ? sample.file().path() : longLine;
                return;
            }
            try {
                addLine(sample, from, next - 1, keys);
            } catch (Malformed malformed) {
                badRows.add(malformed);
            }
            from = next;
        }
    }

    private void addLine(TextSample sample, long from, long stop, Set<String> keys) {
        MemorySegment bytes = sample.bytes();
        if (!cursor.begin(bytes, from, stop)) {
            return;
        }
        while (cursor.next()) {
            String name = JsonKeys.name(bytes, cursor);
            keys.add(name);
            guesses.computeIfAbsent(name, ignored -> new JsonGuess()).add(bytes, cursor);
        }
        if (guesses.size() > MOST_KEYS) {
            throw TextErrors.tooManyColumns("JSON", sample.file().path(), guesses.size(), MOST_KEYS);
        }
        rowCount++;
        byteCount += stop + 1 - from;
    }
}
