package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.rowIndex;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.CumulativeOperations;
import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.DateOperations;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.Expressions;
import io.lazuli.dataframe.GroupedFrame;
import io.lazuli.dataframe.JoinedFrame;
import io.lazuli.dataframe.MathOperations;
import io.lazuli.dataframe.Rows;
import io.lazuli.dataframe.SortKey;
import io.lazuli.dataframe.TextOperations;
import io.lazuli.dataframe.When;
import io.lazuli.dataframe.io.ArrowWriteOptions;
import io.lazuli.dataframe.io.BadRowReport;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls every public method with arguments that make no sense, one at a time, and runs what comes out. Each call works, or ends
/// in one typed error with a sentence for people: never in what failed within.
@Timeout(120)
class AbsurdArgumentsTest {
    private static final Set<String> OF_OBJECT =
            Set.of("equals", "hashCode", "toString", "wait", "notify", "notifyAll", "getClass", "compareTo");
    private static final Predicate<String> IN_FOLDER = Pattern.compile("read|write(?!r)").asPredicate();
    private static final Map<Class<?>, List<?>> ABSURD = new LinkedHashMap<>();

    @TempDir
    private static Path folder;

    private static Engine engine;
    private static DataFrame frame;

    record Pair(int i, String s) {}

    @BeforeAll
    static void open() throws Exception {
        engine = LocalEngine.open(EngineOptions.defaults().withThreads(1).withBufferBytes(64 << 20)
                .withSpillDirectory(folder));
        Path file = Files.writeString(folder.resolve("t.csv"),
                """
                        i,l,d,s,b,date,time
                        1,9223372036854775807,1.5,one,true,2024-02-29,2024-02-29 23:59:59
                        -2,-9223372036854775808,NaN,,false,1970-01-01,1969-12-31 00:00:00.000001
                        ,,,,,,
                        2147483647,0,-0.0,é😀,true,9999-12-31,9999-12-31 23:59:59
                        """);
        frame = DataFrame.readCsv(file.toString()).withEngine(engine);
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        fill();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(engine.memory().liveBufferCount()).isZero();
        engine.close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("."));
        }
    }

    private static void fill() {
        ABSURD.put(String.class, Arrays.asList("i", null, "", " ", "\0", "nope", "(((", "[a", "\ud800", "a\nb", "%\\",
                "yyyy-QQ", "x".repeat(5000)));
        ABSURD.put(long.class, List.of(1L, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE));
        ABSURD.put(int.class, List.of(1, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE));
        ABSURD.put(double.class, List.of(0.5, Double.NaN, Double.POSITIVE_INFINITY, -1.0, Double.MAX_VALUE));
        ABSURD.put(char.class, List.of(';', '\0', '\n', '"', '\u00e9', '\ud800', '1', '.'));
        ABSURD.put(boolean.class, List.of(true, false));
        ABSURD.put(Expr.class, Arrays.asList(col("i"), null, col("nope"), sum("i"), rowIndex(), lit(Double.NaN),
                lit(""), lit(Long.MAX_VALUE), nullOf(DataType.LONG), col("s"), col("date")));
        ABSURD.put(SortKey.class, Arrays.asList(col("i").asc(), null, col("nope").desc(), sum("i").asc()));
        ABSURD.put(DataType.class,
                Arrays.asList(DataType.LONG, null, DataType.BINARY, DataType.DURATION, DataType.decimal(18, 18),
                        DataType.UTF8, DataType.BOOL, DataType.DATE, DataType.TIMESTAMP, DataType.FLOAT64,
                        DataType.INT));
        ABSURD.put(Schema.class, Arrays.asList(new Schema(List.of()), null));
        ABSURD.put(Field.class, Arrays.asList(new Field("i", DataType.INT), null, new Field("", DataType.BINARY)));
        ABSURD.put(LocalDate.class, Arrays.asList(LocalDate.EPOCH, null, LocalDate.MIN, LocalDate.MAX));
        ABSURD.put(LocalDateTime.class, Arrays.asList(LocalDate.EPOCH.atStartOfDay(), null, LocalDateTime.MIN,
                LocalDateTime.MAX));
        ABSURD.put(Duration.class, Arrays.asList(Duration.ofDays(1), null, Duration.ZERO, Duration.ofNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE), Duration.ofSeconds(Long.MIN_VALUE)));
        ABSURD.put(BigDecimal.class, Arrays.asList(BigDecimal.ONE, null, new BigDecimal("1e-400"),
                new BigDecimal("1e400"), new BigDecimal("1e2000000000")));
        ABSURD.put(ZoneId.class, Arrays.asList(ZoneId.of("UTC"), null));
        ABSURD.put(DataFrame.class, Arrays.asList(frame, null, frame.select("s")));
        Map<String, String> withNull = new HashMap<>();
        withNull.put("i", null);
        Map<String, String> nullKey = new HashMap<>();
        nullKey.put(null, "i");
        ABSURD.put(Map.class, Arrays.asList(Map.of("i", "j"), null, Map.of("nope", "x"), Map.of("i", "d"), withNull,
                nullKey));
        ABSURD.put(Class.class, Arrays.asList(Pair.class, null, Empty.class));
        ABSURD.put(BadRowReport.class, Arrays.asList(BadRowReport.create(), null));
        ABSURD.put(PrintStream.class, Arrays.asList(new PrintStream(OutputStream.nullOutputStream()), null));
        ABSURD.put(InputStream.class, Arrays.asList(InputStream.nullInputStream(), null));
        ABSURD.put(OutputStream.class, Arrays.asList(OutputStream.nullOutputStream(), null));
        ABSURD.put(Path.class, Arrays.asList(folder.resolve("plan.svg"), null, folder, folder.resolve("no/plan.dot"),
                folder.resolve("plan.txt")));
        ABSURD.put(CsvReadOptions.class, Arrays.asList(CsvReadOptions.DEFAULTS, null));
        ABSURD.put(JsonReadOptions.class, Arrays.asList(JsonReadOptions.DEFAULTS, null));
    }

    record Empty() {}

    private static List<String> paths() {
        String in = folder + "/";
        return Arrays.asList(in + "written", null, "", "\0", in + "a\0b", in + "no/such", folder.toString(), in + "[a",
                in + "{",
                in + "*", "/", "/dev/null", in + "pipe", in + "x".repeat(300), in + "nul\0/*.csv");
    }

    /// The first is the one that makes sense.
    private static List<?> values(Class<?> type) {
        if (type.isArray()) {
            return arrays(type.getComponentType());
        }
        if (type.isEnum()) {
            List<Object> values = new ArrayList<>(List.of(type.getEnumConstants()));
            values.add(null);
            return values;
        }
        return ABSURD.getOrDefault(type, Collections.singletonList(null));
    }

    private static List<Object> arrays(Class<?> component) {
        List<Object> arrays = new ArrayList<>();
        List<?> elements = values(component);
        arrays.add(array(component, elements.getFirst()));
        arrays.add(null);
        arrays.add(array(component));
        arrays.add(array(component, elements.getFirst(), elements.getFirst()));
        elements.stream().skip(1).forEach(element -> arrays.add(array(component, element)));
        return arrays;
    }

    private static Object array(Class<?> component, Object... elements) {
        Object array = Array.newInstance(component, elements.length);
        for (int i = 0; i < elements.length; i++) {
            Array.set(array, i, elements[i]);
        }
        return array;
    }

    private final Set<String> failures = new TreeSet<>();
    private int calls;
    private int refusals;

    @Test
    void framesRefuseThem() {
        callAll(DataFrame.class, frame);
        callAll(GroupedFrame.class, frame.groupBy("s"));
        callAll(JoinedFrame.class, frame.join(frame.rename("i", "j").select("j", "s")));
        callAll(JoinedFrame.LeftKeys.class, frame.join(frame.select("s")).leftOn("s"));
        callAll(Rows.class, frame.select("i", "s").dropNulls().rows(Pair.class));
        assertRefusals();
    }

    @Test
    void expressionsRefuseThem() {
        for (String column : List.of("i", "l", "d", "s", "date", "time")) {
            callAll(Expr.class, col(column));
        }
        callAll(Expressions.class, null);
        callAll(TextOperations.class, col("s").str());
        callAll(TextOperations.class, col("i").str());
        callAll(DateOperations.class, col("time").dt());
        callAll(DateOperations.class, col("date").dt());
        callAll(MathOperations.class, col("d").math());
        callAll(MathOperations.class, col("i").math());
        callAll(CumulativeOperations.class, col("l").cumulative());
        callAll(When.class, when(col("b")));
        callAll(When.Then.class, when(col("b")).then(1));
        assertRefusals();
    }

    @Test
    void optionsAndTypesRefuseThem() {
        callAll(CsvReadOptions.class, CsvReadOptions.DEFAULTS);
        callAll(JsonReadOptions.class, JsonReadOptions.DEFAULTS);
        callAll(CsvWriteOptions.class, CsvWriteOptions.DEFAULTS);
        callAll(JsonWriteOptions.class, JsonWriteOptions.DEFAULTS);
        callAll(ParquetWriteOptions.class, ParquetWriteOptions.DEFAULTS);
        callAll(ArrowWriteOptions.class, ArrowWriteOptions.DEFAULTS);
        callAll(DataType.class, DataType.INT);
        callAll(Schema.class, frame.schema());
        assertRefusals();
    }

    private void assertRefusals() {
        System.out.printf("%,d calls, %,d typed errors%n", calls, refusals);
        assertThat(failures).as("calls that end in something else than a typed error").isEmpty();
        assertThat(refusals).isGreaterThan(10);
    }

    private void callAll(Class<?> type, Object receiver) {
        Method[] methods = type.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toGenericString));
        for (Method method : methods) {
            boolean isStatic = Modifier.isStatic(method.getModifiers());
            if (!OF_OBJECT.contains(method.getName()) && !method.isBridge() && (isStatic || receiver != null)) {
                callWithEach(method, isStatic ? null : receiver);
            }
        }
    }

    private void callWithEach(Method method, Object receiver) {
        Class<?>[] types = method.getParameterTypes();
        Object[] sound = Arrays.stream(types).map(type -> values(type).getFirst()).toArray();
        if (types.length > 0 && types[0] == String.class && IN_FOLDER.test(method.getName())) {
            sound[0] = paths().getFirst();
        }
        for (int p = 0; p < types.length; p++) {
            boolean isPath = types[p] == String.class && IN_FOLDER.test(method.getName());
            for (Object value : isPath ? paths() : values(types[p])) {
                Object[] arguments = sound.clone();
                arguments[p] = value;
                call(method, receiver, arguments);
            }
        }
    }

    private void call(Method method, Object receiver, Object... arguments) {
        String shown = "%s.%s(%s)".formatted(method.getDeclaringClass().getSimpleName(), method.getName(),
                String.join(", ", Arrays.stream(arguments).map(AbsurdArgumentsTest::shown).toList()));
        calls++;
        long start = System.nanoTime();
        try {
            use(method.invoke(receiver, arguments));
        } catch (InvocationTargetException e) {
            judge(shown, e.getCause());
        } catch (Throwable e) {
            judge(shown, e);
        }
        if (System.nanoTime() - start > 2_000_000_000L) {
            failures.add("slow: " + shown + " " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }

    private static String shown(Object value) {
        if (value != null && value.getClass().isArray()) {
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(shown(Array.get(value, i)));
            }
            return elements.toString();
        }
        String text = value instanceof String string ? "\"" + string + "\"" : String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private void judge(String call, Throwable error) {
        if (error instanceof LazuliException typed && typed.code() != ErrorCode.INTERNAL
                && typed.getMessage() != null && typed.getMessage().length() > 20) {
            refusals++;
            return;
        }
        StackTraceElement place = error.getStackTrace().length > 0 ? error.getStackTrace()[0] : null;
        failures.add(call + " -> " + error.toString().lines().findFirst().orElse("") + " @ " + place);
    }

    /// Binds and runs what was built.
    private static void use(Object result) {
        switch (result) {
            case Expr expression -> frame.select(expression.as("result")).count();
            case SortKey key -> frame.sort(key).count();
            case GroupedFrame groups -> groups.agg(Expressions.count()).count();
            case Rows<?> rows -> rows.toList();
            case DataFrame made -> made.withEngine(engine).count();
            case Stream<?> stream -> {
                try (stream) {
                    stream.forEach(piece -> {});
                }
            }
            case null, default -> {}
        }
    }
}
