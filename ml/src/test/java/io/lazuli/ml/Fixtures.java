package io.lazuli.ml;

import io.lazuli.dataframe.DataFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What scikit-learn was asked (`src/test/python`), and what it said.
public final class Fixtures {
    private Fixtures() {}

    private static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/sklearn/" + name), name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A data set with its target `y` and the fold of each row, `fold`.
    public static DataFrame frame(String name) {
        return DataFrame.readCsv(path(name + ".csv").toString());
    }

    /// Results by name.
    public static Map<String, double[]> expected(String name) {
        try {
            return Files.readAllLines(path(name + ".txt")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            parts -> parts[0],
                            parts -> Arrays.stream(parts).skip(1).mapToDouble(Double::parseDouble).toArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
