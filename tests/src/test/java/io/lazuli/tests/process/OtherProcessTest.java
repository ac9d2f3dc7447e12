package io.lazuli.tests.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Launcher;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A program in one JVM, its tasks in another one that has Lazuli and nothing of the program.
@Timeout(120)
class OtherProcessTest {
    private static final String TARIFF = "package fares; public interface Tariff { double of(double km); }";
    private static final String TARIFFS = """
            package fares;
            import java.util.*;
            public final class Tariffs {
                private static final Map<String, Double> SEEN = new HashMap<>();
                public static synchronized double best(double km) {
                    double best = Double.MAX_VALUE;
                    for (Tariff tariff : ServiceLoader.load(Tariff.class)) {
                        best = Math.min(best, tariff.of(km));
                    }
                    SEEN.put("km" + km, best);
                    return best;
                }
                public static synchronized int seen() { return SEEN.size(); }
            }
            """;
    private static final String NIGHT = """
            package night;
            public final class Night implements fares.Tariff {
                @Override public double of(double km) { return 2 + km; }
            }
            """;
    private static final String PROGRAM = """
            package app;
            import static io.lazuli.dataframe.Expressions.*;
            import fares.Tariffs;
            import io.lazuli.dataframe.*;
            import io.lazuli.graph.*;
            import io.lazuli.graph.bag.*;
            import io.lazuli.graph.delayed.*;
            import io.lazuli.graph.function.*;
            import io.lazuli.tests.process.OtherProcess;
            import java.util.*;
            import java.util.concurrent.atomic.AtomicInteger;

            public final class Program {
                enum Zone { CENTRE { @Override double toll() { return 5; } }, OUTSIDE; double toll() { return 0; } }
                record Trip(String name, double km, Zone zone) {}
                record Priced(Trip trip, double price) {}
                static final class Discount implements java.io.Serializable {
                    private final double share;
                    Discount(double share) { this.share = share; }
                    double off(double price) { return price * (1 - share); }
                }
                private static final AtomicInteger CALLS = new AtomicInteger();

                static final class Pricing {
                    static Function1<Trip, Priced> with(Discount discount) {
                        Function1<Double, Double> off = discount::off;
                        return trip -> {
                            CALLS.incrementAndGet();
                            return new Priced(trip, off.apply(Tariffs.best(trip.km())) + trip.zone().toll());
                        };
                    }
                }

                static String greeting() {
                    try (var text = Program.class.getResourceAsStream("/texts/greeting.txt")) {
                        return new String(text.readAllBytes()).strip();
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                }

                public static void main(String... arguments) {
                    CALLS.set(1000);
                    try (OtherProcess engine = OtherProcess.start()) {
                        List<Trip> trips = List.of(new Trip("a", 10, Zone.CENTRE), new Trip("b", 4, Zone.OUTSIDE));
                        Function1<Trip, Priced> pricing = Pricing.with(new Discount(0.5));
                        System.out.println(Bag.from(trips, 2).map(pricing).withEngine(engine).compute());
                        System.out.println("sent " + engine.sent());
                        var calls = Delayed.function(() -> CALLS.get() + " " + Tariffs.seen() + " " + greeting()
                                + " " + Trip.class.getProtectionDomain().getCodeSource().getLocation().getPath()
                                        .contains("lazuli-code"));
                        System.out.println(calls.call().compute(engine));
                        DataFrame frame = DataFrame.readCsv(arguments[0]).withEngine(engine);
                        System.out.println(frame.select(col("km").mapDouble("price", km -> Tariffs.best(km)).as("p"))
                                .agg(sum("p").as("total")).compute().doubleColumn(0).get(0));
                        System.out.println("sent " + engine.sent().size());
                        AtomicInteger counter = new AtomicInteger();
                        try {
                            Bag.from(trips, 2).map(trip -> counter.incrementAndGet()).withEngine(engine).compute();
                        } catch (RuntimeException e) {
                            System.out.println(e.getMessage());
                        }
                        try {
                            Delayed.function(() -> Class.forName(String.join(".", "night", "Absent"))).call()
                                    .compute(engine);
                        } catch (RuntimeException e) {
                            System.out.println(e.getMessage().contains("night.Absent"));
                        }
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    private Path worker;

    @BeforeEach
    void makeFolder() throws IOException {
        worker = Files.createDirectory(folder.resolve("worker"));
    }

    private static Path compile(Path folder, List<Path> libraries, Map<String, String> sources) throws IOException {
        Files.createDirectories(folder);
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null,
                        List.of("-g", "-proc:none", "-cp", classPath(libraries), "-d", folder.toString()), null,
                        sources.entrySet().stream().map(OtherProcessTest::source).toList())
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        return folder;
    }

    private static String classPath(List<Path> more) {
        return Stream.concat(Stream.of(System.getProperty("java.class.path")), more.stream().map(Path::toString))
                .reduce((left, right) -> left + File.pathSeparator + right)
                .orElseThrow();
    }

    private static JavaFileObject source(Map.Entry<String, String> source) {
        return new SimpleJavaFileObject(URI.create("memory:///" + source.getKey().replace('.', '/') + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source.getValue();
            }
        };
    }

    private static Path jar(Path jar, Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(Files::isRegularFile)
                    .forEach(file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, Path> file : files.entrySet()) {
                out.putNextEntry(new JarEntry(file.getKey()));
                Files.copy(file.getValue(), out);
            }
        }
        return jar;
    }

    /// What a program prints.
    private List<String> run(List<Path> libraries, Object... command) {
        return run(System.getProperty("java.class.path"), classPath(libraries), command);
    }

    private List<String> run(String workerClassPath, String classPath, Object... command) {
        List<Object> all = new ArrayList<>(List.of(
                "-Xmx256m", "-Dworker.class-path=" + workerClassPath, "-Dworker.folder=" + worker,
                "-Dlazuli.spill-directory=" + folder, "-cp", classPath));
        all.addAll(Arrays.asList(command));
        try (CommandProcess process = Launcher.startJava(Map.of(), all)) {
            CommandProcess.Outcome outcome = process.awaitEnd(Duration.ofSeconds(100));
            assertThat(outcome.status()).as(process.toString()).isZero();
            assertThat(worker).as("the worker's code is gone").isEmptyDirectory();
            return outcome.output().lines().toList();
        }
    }

    @Test
    void aProgramRunsWhereNothingOfItIs() throws Exception {
        Path faresClasses = compile(folder.resolve("fares"), List.of(),
                Map.of("fares.Tariff", TARIFF, "fares.Tariffs", TARIFFS));
        Path fares = jar(folder.resolve("fares.jar"), faresClasses);
        Path nightClasses = compile(folder.resolve("night"), List.of(fares), Map.of("night.Night", NIGHT));
        Path services = Files.createDirectories(nightClasses.resolve("META-INF/services"));
        Files.writeString(services.resolve("fares.Tariff"), "night.Night");
        Path night = jar(folder.resolve("night.jar"), nightClasses);
        Path program = compile(folder.resolve("program"), List.of(fares), Map.of("app.Program", PROGRAM));
        Path resources = Files.createDirectories(folder.resolve("resources/texts")).getParent();
        Files.writeString(resources.resolve("texts/greeting.txt"), "good evening\n");
        Path trips = Files.writeString(folder.resolve("trips.csv"), "km\n1.5\n2.5\n");

        List<String> printed = run(List.of(program, resources, fares, night), "app.Program", trips);

        assertThat(printed).hasSize(7);
        assertThat(printed.get(0)).isEqualTo(
                "[Priced[trip=Trip[name=a, km=10.0, zone=CENTRE], price=11.0], Priced[trip=Trip[name=b, km=4.0,"
                        + " zone=OUTSIDE], price=3.0]]");
        assertThat(printed.get(1)).contains(program.toString(), resources.toString(), "fares.jar", "night.jar");
        assertThat(printed.get(2)).as("static state is the worker's, not the client's")
                .matches("\\d 2 good evening true");
        assertThat(printed.get(3)).isEqualTo("8.0");
        assertThat(printed.get(4)).as("nothing twice").isEqualTo("sent " + printed.get(1).split(",").length);
        assertThat(printed.get(5)).startsWith("Layer '")
                .contains("cannot run on workers. A function cannot be sent to a"
                        + " worker: the lambda at Program.java:")
                .contains("captures variable 'counter' of"
                        + " java.util.concurrent.atomic.AtomicInteger: make it a record of values");
        assertThat(printed.get(6)).isEqualTo("true");
    }

    @Test
    void aSourceFileRunsAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("Single.java"), """
                import io.lazuli.graph.bag.Bag;
                import io.lazuli.tests.process.OtherProcess;
                record Point(int x, int y) { Point moved(int by) { return new Point(x + by, y); } }
                enum Turn { LEFT, RIGHT }
                class Single {
                    static final class Nested { static int twice(int x) { return 2 * x; } }
                    public static void main(String... arguments) {
                        try (OtherProcess engine = OtherProcess.start()) {
                            int by = Integer.parseInt(arguments[0]);
                            System.out.println(Bag.of(1, 2, 3)
                                    .map(x -> new Point(Nested.twice(x), x).moved(by))
                                    .map(point -> point + " " + Turn.values()[point.x() % 2])
                                    .withEngine(engine).compute());
                            System.out.println(engine.sent());
                        }
                    }
                }
                """);
        List<String> printed = run(List.of(), file, 7);

        assertThat(printed.get(0))
                .isEqualTo("[Point[x=9, y=1] RIGHT, Point[x=11, y=2] RIGHT, Point[x=13, y=3] RIGHT]");
        assertThat(printed.get(1)).contains("classes in memory");
    }

    @Test
    void jarsOfTheDistributionAreNotSent() throws Exception {
        String lib = Path.of("..", "cli", "target", "lazuli", "lib").toAbsolutePath().normalize() + "/*";
        String harness = Path.of("target", "test-classes").toAbsolutePath().toString();
        Path file = Files.writeString(folder.resolve("Tables.java"), """
                import io.lazuli.graph.bag.Bag;
                import io.lazuli.tests.process.OtherProcess;
                import tech.tablesaw.api.Table;
                class Tables {
                    public static void main(String... arguments) {
                        try (OtherProcess engine = OtherProcess.start()) {
                            System.out.println(Bag.of(1, 2).map(x -> Table.create("t" + x).name())
                                    .withEngine(engine).compute());
                            engine.sent().forEach(System.out::println);
                        }
                    }
                }
                """);
        List<String> printed = run(lib + File.pathSeparator + harness, lib + File.pathSeparator + harness, file);

        assertThat(printed.getFirst()).isEqualTo("[t1, t2]");
        assertThat(printed.subList(1, printed.size())).contains("classes in memory")
                .noneMatch(name -> name.endsWith(".jar"));
    }
}
