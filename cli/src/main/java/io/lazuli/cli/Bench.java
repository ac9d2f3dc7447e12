package io.lazuli.cli;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.corr;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.std;
import static io.lazuli.dataframe.Expressions.sum;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `lazuli bench WORKLOAD QUESTIONS DIR`: answers benchmark questions as a user would write them and reports times as JSON lines.
///
/// A question's time runs from building its plan to having the answer in memory; the check (row count and column sums of the
/// answer) comes after the clock stops. No result is kept between repeats: each one plans, reads and computes anew.
final class Bench {
    private final PrintStream out;
    private final int repeats;
    private final double budgetSeconds;
    private final String size;

    Bench(PrintStream out, Map<String, String> environment) {
        this.out = out;
        this.repeats = Integer.parseInt(environment.getOrDefault("BENCH_REPS", "3"));
        this.budgetSeconds = Double.parseDouble(environment.getOrDefault("BENCH_QBUDGET", "60"));
        this.size = environment.getOrDefault("BENCH_SIZE", "S");
    }

    /// A question: the answer's plan, and the columns whose sums are its check.
    private record Question(Answer answer, List<String> checked) {}

    @FunctionalInterface
    private interface Answer {
        DataFrame of(DataFrame x);
    }

    private static final Map<String, Question> GROUPBY = Map.ofEntries(
            question("q1", x -> x.groupBy("id1").agg(sum("v1").as("v1")), "v1"),
            question("q2", x -> x.groupBy("id1", "id2").agg(sum("v1").as("v1")), "v1"),
            question("q3", x -> x.groupBy("id3").agg(sum("v1").as("v1"), mean("v3").as("v3")), "v1", "v3"),
            question(
                    "q4", x -> x.groupBy("id4").agg(mean("v1").as("v1"), mean("v2").as("v2"), mean("v3").as("v3")),
                    "v1", "v2", "v3"),
            question(
                    "q5", x -> x.groupBy("id6").agg(sum("v1").as("v1"), sum("v2").as("v2"), sum("v3").as("v3")),
                    "v1", "v2", "v3"),
            question(
                    "q6", x -> x.groupBy("id4", "id5").agg(median("v3").as("median_v3"), std("v3").as("sd_v3")),
                    "median_v3", "sd_v3"),
            question(
                    "q7", x -> x.groupBy("id3").agg(max("v1").minus(min("v2")).as("range_v1_v2")), "range_v1_v2"),
            question(
                    "q8",
                    x -> x.filter(col("v3").isNotNull())
                            .groupBy("id6")
                            .top(2, col("v3").desc())
                            .select(col("id6"), col("v3").as("largest2_v3")),
                    "largest2_v3"),
            question(
                    "q9", x -> x.groupBy("id2", "id4").agg(corr("v1", "v2").times(corr("v1", "v2")).as("r2")), "r2"),
            question(
                    "q10",
                    x -> x.groupBy("id1", "id2", "id3", "id4", "id5", "id6").agg(sum("v3").as("v3"), count().as("n")),
                    "v3", "n"));

    private static Map.Entry<String, Question> question(String name, Answer answer, String... checked) {
        return Map.entry(name, new Question(answer, List.of(checked)));
    }

    private static final Map<String, Question> CSVSCAN = Map.of(
            "count_sum",
            new Question(
                    x -> x.agg(count().as("n"), sum("v1").as("v1"), sum("v3").as("v3")), List.of("n", "v1", "v3")),
            "load_all", new Question(x -> x, List.of("v1", "v2", "v3")),
            "groupby", new Question(x -> x.groupBy("id1").agg(sum("v3").as("v3")), List.of("v3")));

    private static Optional<Question> question(String workload, String name) {
        Map<String, Question> questions =
                workload.startsWith("groupby-") ? GROUPBY : workload.equals("csvscan") ? CSVSCAN : Map.of();
        return Optional.ofNullable(questions.get(name));
    }

    /// Returns the exit status.
    int run(String workload, List<String> questions, Path directory) {
        out.println("{\"version\": \"Lazuli %s\"}".formatted(Main.version()));
        if (questions.equals(List.of("start"))) {
            start(workload, directory);
            out.println("{\"question\": \"start\", \"seconds\": 0, \"checksum\": []}");
            return 0;
        }
        if (workload.equals("tasks")) {
            runTasks(questions);
            return 0;
        }
        if (workload.startsWith("join-")) {
            runJoins(workload, questions, directory);
            return 0;
        }
        if (workload.equals("ooc")) {
            runLargerThanMemory(questions, directory);
            return 0;
        }
        if (workload.equals("shuffle")) {
            runShuffle(questions, directory);
            return 0;
        }
        if (workload.equals("ml")) {
            runMl(questions, directory);
            return 0;
        }
        DataFrame inMemory = workload.equals("groupby-mem") ? open(workload, directory).persist() : null;
        for (String name : questions) {
            Optional<Question> question = question(workload, name);
            if (question.isEmpty()) {
                out.println("{\"question\": \"%s\", \"unsupported\": true}".formatted(name));
                continue;
            }
            try {
                out.println(time(name, question.get(), () -> inMemory != null ? inMemory : open(workload, directory)));
            } catch (RuntimeException e) {
                out.println("{\"question\": \"%s\", \"error\": \"%s\"}".formatted(name, plain(e.toString())));
            }
        }
        if (inMemory != null) {
            inMemory.unpersist();
        }
        return 0;
    }

    private static void start(String workload, Path directory) {
        if (workload.equals("tasks") || workload.equals("ml")) {
            Engine.shared();
        } else {
            switch (workload) {
                case "ooc" -> SpillBench.Tables.open(directory).x().schema();
                case "shuffle" -> ShuffleBench.join(directory).schema();
                case "join-mem", "join-parquet", "join-csv" -> JoinBench.Tables.open(workload, directory).x().schema();
                default -> open(workload, directory).schema();
            }
        }
    }

    private void runTasks(List<String> questions) {
        for (String name : questions) {
            Optional<TaskBench.Question> question = TaskBench.question(name, size);
            out.println(question
                    .map(q -> time(name, q.run(), check -> check, _ -> {}))
                    .orElse("{\"question\": \"%s\", \"unsupported\": true}".formatted(name)));
        }
    }

    private void runJoins(String workload, List<String> questions, Path directory) {
        boolean isInMemory = workload.equals("join-mem");
        JoinBench.Tables opened = JoinBench.Tables.open(workload, directory);
        JoinBench.Tables held = isInMemory ? opened.map(DataFrame::persist) : opened;
        for (String name : questions) {
            try {
                out.println(JoinBench.question(name)
                        .map(join -> time(
                                name,
                                () -> join.apply(isInMemory ? held : JoinBench.Tables.open(workload, directory))
                                        .persist(),
                                answer -> check(answer, JoinBench.CHECKED), DataFrame::unpersist))
                        .orElse("{\"question\": \"%s\", \"unsupported\": true}".formatted(name)));
            } catch (RuntimeException e) {
                out.println("{\"question\": \"%s\", \"error\": \"%s\"}".formatted(name, plain(e.toString())));
            }
        }
        if (isInMemory) {
            held.unpersist();
        }
    }

    private void runLargerThanMemory(List<String> questions, Path directory) {
        for (String name : questions) {
            try {
                out.println(SpillBench.question(name)
                        .map(question -> time(
                                name, () -> question.write(directory),
                                file -> check(DataFrame.readParquet(file.toString()), question.checked()),
                                SpillBench::delete))
                        .orElse("{\"question\": \"%s\", \"unsupported\": true}".formatted(name)));
            } catch (RuntimeException e) {
                out.println("{\"question\": \"%s\", \"error\": \"%s\"}".formatted(name, plain(e.toString())));
            }
        }
    }

    /// `join` and `copy` are timed; `memory` tells, in MB, the most anonymous memory so far of this process and each of its children:
    /// the scheduler and the workers, if there are any.
    private void runShuffle(List<String> questions, Path directory) {
        try (MemoryWatch watch = MemoryWatch.start()) {
            for (String name : questions) {
                out.println(switch (name) {
                    case "join" -> time(
                            name, () -> ShuffleBench.join(directory).persist(),
                            answer -> check(answer, ShuffleBench.CHECKED), DataFrame::unpersist);
                    case "copy" -> time(
                            name, () -> PlainCopy.run(directory, ShuffleBench.copiedBytes(size)), String::valueOf,
                            copied -> {
                            });
                    case "memory" -> "{\"question\": \"memory\", \"seconds\": 0, \"checksum\": [%s]}".formatted(
                            watch.peakBytes().stream()
                                    .map(bytes -> Long.toString(bytes / 1_000_000))
                                    .collect(Collectors.joining(", ")));
                    default -> "{\"question\": \"%s\", \"unsupported\": true}".formatted(name);
                });
            }
        }
    }

    private void runMl(List<String> questions, Path directory) {
        MlBench bench = new MlBench(directory, size);
        for (String name : questions) {
            try {
                out.println(bench.question(name)
                        .map(question -> timeFit(name, question))
                        .orElse("{\"question\": \"%s\", \"unsupported\": true}".formatted(name)));
            } catch (RuntimeException e) {
                out.println("{\"question\": \"%s\", \"error\": \"%s\"}".formatted(name, plain(e.toString())));
            }
        }
    }

    private <M> String timeFit(String name, MlBench.Question<M> question) {
        return time(
                name, question.fit(), model -> Double.toString(question.score().applyAsDouble(model)), _ -> {});
    }

    private static DataFrame open(String workload, Path directory) {
        return switch (workload) {
            case "csvscan" -> DataFrame.readCsv(directory.resolve("x.csv").toString());
            case "groupby-csv" -> DataFrame.readCsv(directory.resolve("groupby.csv").toString());
            default -> DataFrame.readParquet(directory.resolve("groupby.parquet").toString());
        };
    }

    private String time(String name, Question question, Supplier<DataFrame> source) {
        return time(
                name, () -> question.answer().of(source.get()).persist(), answer -> check(answer, question.checked()),
                DataFrame::unpersist);
    }

    /// Runs a question again and again; its check comes from the first answer.
    private <T> String time(String name, Supplier<T> question, Function<T, String> checked, Consumer<T> release) {
        List<Double> seconds = new ArrayList<>();
        String check = "";
        for (int i = 0; i < repeats && (i == 0 || total(seconds) < budgetSeconds); i++) {
            long start = System.nanoTime();
            T answer = question.get();
            seconds.add((System.nanoTime() - start) / 1e9);
            if (i == 0) {
                check = checked.apply(answer);
            }
            release.accept(answer);
        }
        String times =
                seconds.stream().map(s -> String.format(Locale.ROOT, "%.6f", s)).collect(Collectors.joining(", "));
        return "{\"question\": \"%s\", \"seconds\": [%s], \"checksum\": [%s]}".formatted(name, times, check);
    }

    private static double total(List<Double> seconds) {
        return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Row count and sums, read as a record: a Tablesaw table, the first time there is one, has all of the class path searched.
    private record Check(double rows, @Nullable Double sum1, @Nullable Double sum2, @Nullable Double sum3) {
        Stream<@Nullable Double> values() {
            return Stream.of(rows, sum1, sum2, sum3);
        }
    }

    private static String check(DataFrame answer, List<String> checked) {
        Expr[] sums = new Expr[] {
            count().cast(DataType.FLOAT64).as("rows"), sumOf(checked, 0), sumOf(checked, 1), sumOf(checked, 2)
        };
        Check check = answer.agg(sums).rows(Check.class).toList().getFirst();
        return check.values()
                .limit(1 + checked.size())
                .map(sum -> sum == null ? "0" : number(sum))
                .collect(Collectors.joining(", "));
    }

    private static Expr sumOf(List<String> checked, int i) {
        Expr sum = i < checked.size() ? sum(checked.get(i)) : count();
        return sum.cast(DataType.FLOAT64).as("sum" + (i + 1));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9 _.,:;()=/-]", " ").substring(0, Math.min(160, text.length()));
    }
}
