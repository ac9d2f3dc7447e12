package io.lazuli.cli;

import io.lazuli.dataframe.DataFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The five joins of the db-benchmark, as a user would write them.
final class JoinBench {
    /// Columns whose sums are the check of every answer.
    static final List<String> CHECKED = List.of("v1", "v2");

    private static final Map<String, Function<Tables, DataFrame>> QUESTIONS = Map.of(
            "q1", t -> t.x.join(t.small).withSuffix("_small").on("id1"),
            "q2", t -> t.x.join(t.medium).withSuffix("_medium").on("id2"),
            "q3", t -> t.x.leftJoin(t.medium).withSuffix("_medium").on("id2"),
            "q4", t -> t.x.join(t.medium).withSuffix("_medium").on("id5"),
            "q5", t -> t.x.join(t.big).withSuffix("_big").on("id3"));

    private JoinBench() {}

    /// What the questions are about.
    record Tables(DataFrame x, DataFrame small, DataFrame medium, DataFrame big) {
        static Tables open(String workload, Path directory) {
            String format = workload.endsWith("-csv") ? "csv" : "parquet";
            Function<String, DataFrame> read = table -> {
                String file = directory.resolve("join_%s.%s".formatted(table, format)).toString();
                return format.equals("csv") ? DataFrame.readCsv(file) : DataFrame.readParquet(file);
            };
            return new Tables(read.apply("x"), read.apply("small"), read.apply("medium"), read.apply("big"));
        }

        Tables map(UnaryOperator<DataFrame> change) {
            return new Tables(change.apply(x), change.apply(small), change.apply(medium), change.apply(big));
        }

        void unpersist() {
            Stream.of(x, small, medium, big).forEach(DataFrame::unpersist);
        }
    }

    static Optional<Function<Tables, DataFrame>> question(String name) {
        return Optional.ofNullable(QUESTIONS.get(name));
    }
}
