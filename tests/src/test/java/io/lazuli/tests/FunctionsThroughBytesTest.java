package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.fold;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expressions;
import io.lazuli.dataframe.Rows;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import io.lazuli.graph.bag.Bag;
import io.lazuli.graph.bag.BagValue;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.UserFunction;
import io.lazuli.graph.future.Futures;
import io.lazuli.graph.future.TaskFuture;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.tests.oracle.ThroughBytes;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every method that takes a function, with lambdas, method references and what they capture: the graph goes through bytes, and the
/// answer is that of a graph which does not.
class FunctionsThroughBytesTest {
    record Factor(int value, List<String> names) {}

    enum Unit {
        KILO
    }

    record Row(long i, String s) {}

    record Kept(long sum) {}

    static final class Counter implements Serializable {
        private static final long serialVersionUID = 1;
        private final int step;

        Counter(int step) {
            this.step = step;
        }

        int next(int x) {
            return x + step;
        }
    }

    /// What somebody may ask, of an engine.
    record Question(String name, Function<Engine, Object> answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    @TempDir
    static Path folder;

    private LocalEngine local;

    @BeforeEach
    void open() {
        local = LocalEngine.open(EngineOptions.defaults().withThreads(2));
    }

    @AfterEach
    void close() {
        local.close();
    }

    private static Bag<Integer> numbers(Engine engine) {
        return Bag.from(List.of(5, 3, 8, 1, 9, 2, 7), 3).withEngine(engine);
    }

    private static int twice(int x) {
        return 2 * x;
    }

    private static DataFrame frame(Engine engine) {
        Path file = folder.resolve("t.csv");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "i,d,s\n1,1.5,a\n2,2.5,b\n3,3.5,a\n");
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return DataFrame.readCsv(file.toString()).withEngine(engine);
    }

    private static Question bag(String name, Function1<Bag<Integer>, Object> question) {
        return new Question("bag " + name, engine -> call(question, numbers(engine)));
    }

    private static Question value(String name, Function1<Bag<Integer>, BagValue<?>> question) {
        return new Question("value " + name, engine -> call(question, numbers(engine)).compute());
    }

    private static Question frame(String name, Function1<DataFrame, DataFrame> question) {
        return new Question("frame " + name, engine -> call(question, frame(engine)).compute().print());
    }

    private static <A, R> R call(Function1<A, R> function, A argument) {
        try {
            return function.apply(argument);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Question> questions() {
        Factor factor = new Factor(3, List.of("x", "y"));
        int[] array = {1, 2, 3};
        Map<String, List<Integer>> map = Map.of("k", List.of(4));
        String text = "t";
        Unit unit = Unit.KILO;
        Counter counter = new Counter(10);
        Function1<Integer, Integer> inner = x -> x + factor.value();
        Schema schema = Schema.of(new Field("i", DataType.LONG));
        return Stream.of(
                bag("map lambda", b -> b.map(x -> x + 1).compute()),
                bag("map captures", b -> b.map(x -> x + factor.value() + array[1] + map.get("k").get(0) + text + unit)
                        .compute()),
                bag("map object", b -> b.map(x -> counter.next(x)).compute()),
                bag("map bound reference", b -> b.map(counter::next).compute()),
                bag("map static reference", b -> b.map(FunctionsThroughBytesTest::twice).compute()),
                bag("map nested", b -> b.map(x -> inner.apply(inner.apply(x))).compute()),
                bag("map constructor", b -> b.map(Counter::new).map(c -> c.step).compute()),
                bag("map anonymous", b -> b.map(new Function1<Integer, Integer>() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public Integer apply(Integer x) {
                        return x * factor.value();
                    }
                }).compute()),
                bag("map with value", b -> b.map((x, sum) -> x + sum, b.reduce(Integer::sum)).compute()),
                bag("filter", b -> b.filter(x -> x > array[2]).compute()),
                bag("remove", b -> b.remove(x -> x > 3).compute()),
                bag("flatMap", b -> b.flatMap(x -> List.of(x, x)).compute()),
                bag("mapPartitions", b -> b.mapPartitions(list -> List.of(list.size())).compute()),
                bag("topK", b -> b.topK(2, Integer::compare).compute()),
                bag("comparing", b -> b.topK(2, Bag.comparing(x -> -x)).compute()),
                bag("join list", b -> b.join(List.of(1, 2, 3), x -> x, y -> y).compute()),
                bag("join bag", b -> b.join(b, x -> x % 2, y -> y % 3).compute()),
                bag("accumulate", b -> b.accumulate(0, Integer::sum).compute()),
                bag("groupBy", b -> sorted(b.groupBy(x -> x % 2).compute())),
                bag("groupBy partitions", b -> sorted(b.groupBy(x -> x % 2, 2).compute())),
                bag("foldBy", b -> sorted(b.foldBy(x -> x % 2, () -> 0, Integer::sum, Integer::sum).compute())),
                bag("distinct", b -> sorted(b.distinct(x -> x % 4).map(x -> x % 4).compute())),
                value("fold", b -> b.fold(() -> 0, Integer::sum, Integer::sum)),
                value("reduce", b -> b.reduce((x, y) -> x + y)),
                value("sum", b -> b.sum(x -> x)),
                value("sumLong", b -> b.sumLong(x -> x)),
                value("mean", b -> b.mean(x -> x)),
                value("variance", b -> b.variance(x -> x)),
                value("moments", b -> b.moments(x -> x)),
                value("min", b -> b.min(Integer::compare)),
                value("max", b -> b.max(Bag.comparing(x -> x))),
                value("any", b -> b.any(x -> x > 8)),
                value("all", b -> b.all(x -> x > 8)),
                value("count", Bag::count),
                value("map", b -> b.count().map(x -> x + factor.value())),
                new Question("bag fromDelayed", engine -> Bag.fromDelayed(
                        List.of(Delayed.function(() -> List.of(factor.value())).call())).withEngine(engine).compute()),
                new Question("value from", engine -> BagValue.from(
                        Delayed.function((Integer x) -> x + 1).call(1)).withEngine(engine).compute()),
                new Question("delayed", engine -> {
                    var zero = Delayed.function(() -> factor.value()).named("zero").call();
                    var one = Delayed.function((Integer x) -> x + array[0]).pure().call(zero);
                    var two = Delayed.function((Integer x, Integer y) -> x * y).call(zero, one);
                    var three = Delayed.function((Integer x, Integer y, Integer z) -> x + y + z).call(zero, one, two);
                    var four = Delayed.function((Integer x, Integer y, Integer z, String s) -> s + (x + y + z))
                            .call(one, two, three, Delayed.value("text"));
                    var all = Delayed.functionOfAll((List<Object> list) -> list.toString())
                            .call(List.of(four, zero));
                    return all.compute(engine);
                }),
                new Question("futures", engine -> {
                    try (Futures futures = Futures.over(engine)) {
                        TaskFuture<Integer> future = futures.submit(Delayed.function(counter::next), 1);
                        List<TaskFuture<Integer>> many = futures.map(Delayed.function(inner), List.of(1, 2, 3));
                        return List.of(future.result(), many.stream().map(TaskFuture::result).toList());
                    }
                }),
                frame("mapDouble", f -> f.select(col("d").mapDouble("half", x -> x / factor.value()).as("x"))),
                frame("mapLong", f -> f.select(col("i").mapLong("next", x -> counter.next((int) x)).as("x"))),
                frame("mapString", f -> f.select(col("s").mapString("longer", s -> s + text).as("x"))),
                frame("mapPartitions", f -> f.select("i").mapPartitions(f.select("i").schema(), t -> t)),
                frame("fold", f -> f.groupBy("s").agg(fold(Row.class, new Kept(0),
                        (Kept kept, Row row) -> new Kept(kept.sum() + row.i()),
                        (Kept left, Kept right) -> new Kept(left.sum() + right.sum()), Long.class, Kept::sum).as("x"))
                        .sort("s")),
                rows("filter", r -> r.filter(row -> row.i() > factor.value() - 2)),
                rows("map", r -> r.map(Row.class, row -> new Row(row.i() * array[1], row.s() + text))),
                rows("flatMap", r -> r.flatMap(Row.class, row -> List.of(row, new Row(0, "new")))));
    }

    private static Question rows(String name, Function1<Rows<Row>, Rows<Row>> question) {
        return new Question("rows " + name,
                engine -> call(question, frame(engine).select(col("i").cast(DataType.LONG).as("i"), col("s"))
                        .rows(Row.class)).toList());
    }

    private static List<?> sorted(List<?> values) {
        return values.stream().sorted(Comparator.comparing(Object::toString)).toList();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void graphsOfFunctionsAreBytes(Question question) {
        Object direct = question.answer().apply(local);
        assertThat(question.answer().apply(new ThroughBytes(local))).hasToString(direct.toString());
    }

    /// Called by the program's own threads, in its own process.
    private static final Set<String> CLIENT_SIDE = Set.of("DataFrame.withProgress", "LazyFrame.forEachBatch",
            "DataFrame.forEachBatch", "TaskFuture.whenDone");

    @Test
    void everyFunctionThatAGraphMayHoldIsSerializable() {
        List<Class<?>> api = List.of(
                Bag.class, BagValue.class, Delayed.class, Futures.class, TaskFuture.class, DataFrame.class, Rows.class,
                Expressions.class, io.lazuli.dataframe.Expr.class, io.lazuli.dataframe.GroupedFrame.class,
                io.lazuli.dataframe.JoinedFrame.class, io.lazuli.dataframe.TextOperations.class,
                io.lazuli.dataframe.DateOperations.class, io.lazuli.dataframe.MathOperations.class);
        Set<String> others = api.stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && takesPlainFunction(method))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .filter(name -> !CLIENT_SIDE.contains(name))
                .collect(Collectors.toSet());
        assertThat(others).isEmpty();
    }

    private static boolean takesPlainFunction(Method method) {
        return method.getDeclaringClass().getName().startsWith("io.lazuli")
                && Stream.of(method.getParameterTypes()).anyMatch(FunctionsThroughBytesTest::isPlainFunction);
    }

    private static boolean isPlainFunction(Class<?> type) {
        return type.isAnnotationPresent(FunctionalInterface.class) && !UserFunction.class.isAssignableFrom(type);
    }
}
