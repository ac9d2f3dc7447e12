package io.lazuli.ml;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A small table of numbers that a test makes up and changes. Immutable.
///
/// @param columns by name, in order; all as long
public record TestRows(Map<String, double[]> columns) {
    /// Features `f0`, `f1`, ... of random rows, none of which is like another.
    public static TestRows random(int rowCount, int featureCount, long seed) {
        Random random = new Random(seed);
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (int j = 0; j < featureCount; j++) {
            double scale = j + 1;
            columns.put("f" + j,
                    IntStream.range(0, rowCount).mapToDouble(_ -> random.nextGaussian() * scale).toArray());
        }
        return new TestRows(columns);
    }

    public int rowCount() {
        return columns.values().iterator().next().length;
    }

    public double[] get(String name) {
        return columns.get(name);
    }

    public TestRows with(String name, double... values) {
        Map<String, double[]> all = new LinkedHashMap<>(columns);
        all.put(name, values);
        return new TestRows(all);
    }

    public TestRows without(String name) {
        Map<String, double[]> all = new LinkedHashMap<>(columns);
        all.remove(name);
        return new TestRows(all);
    }

    /// The rows of these indexes, each as often as it is there.
    public TestRows take(int... rows) {
        Map<String, double[]> taken = new LinkedHashMap<>();
        columns.forEach(
                (name, values) -> taken.put(name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray()));
        return new TestRows(taken);
    }

    public TestRows filter(IntPredicate rows) {
        return take(IntStream.range(0, rowCount()).filter(rows).toArray());
    }

    /// NaN is a null.
    public DataFrame frame() {
        try {
            Path file = Files.createTempFile("rows", ".csv");
            file.toFile().deleteOnExit();
            List<String> lines = new ArrayList<>();
            lines.add(String.join(",", columns.keySet()));
            for (int row = 0; row < rowCount(); row++) {
                int at = row;
                lines.add(columns.values().stream()
                        .map(values -> Double.isNaN(values[at]) ? "" : Double.toString(values[at]))
                        .collect(Collectors.joining(",")));
            }
            Files.write(file, lines);
            CsvReadOptions options = CsvReadOptions.DEFAULTS;
            for (String name : columns.keySet()) {
                options = options.withType(name, DataType.FLOAT64);
            }
            return DataFrame.readCsv(file.toString(), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
