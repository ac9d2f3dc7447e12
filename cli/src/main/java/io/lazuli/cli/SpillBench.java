package io.lazuli.cli;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.sum;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The benchmark of data larger than memory (`ooc`): many groups, a join of two large tables, a sort of all rows. Each answer
/// is a file. Nothing here knows of a limit: `LAZULI_MEMORY_LIMIT` sizes the heap and the engine's memory.
final class SpillBench {
    private static final Map<String, Question> QUESTIONS = Map.of(
            "groupby",
            new Question(
                    t -> t.x.groupBy("id3", "id6").agg(sum("v3").as("v3"), count().as("n")), List.of("v3", "n")),
            "join", new Question(t -> t.x.join(t.y).on("id6").select("id6", "v3", "w"), List.of("v3", "w")),
            "sort", new Question(t -> t.x.sort(col("v3").asc(), col("id3").asc()), List.of("v3")));

    private SpillBench() {}

    /// What the questions are about.
    record Tables(DataFrame x, DataFrame y) {
        static Tables open(Path directory) {
            return new Tables(
                    DataFrame.readParquet(directory.resolve("x.parquet").toString()),
                    DataFrame.readParquet(directory.resolve("y.parquet").toString()));
        }
    }

    /// A question: the answer's plan, and the columns whose sums are its check.
    record Question(Function<Tables, DataFrame> answer, List<String> checked) {
        /// Computes the answer into a file, and returns its name.
        Path write(Path directory) {
            Path file = directory.resolve("out_lazuli.parquet");
            answer.apply(Tables.open(directory))
                    .writeParquet(file.toString(), ParquetWriteOptions.DEFAULTS.withOverwrite(true));
            return file;
        }
    }

    static Optional<Question> question(String name) {
        return Optional.ofNullable(QUESTIONS.get(name));
    }

    /// Removes an answer.
    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
