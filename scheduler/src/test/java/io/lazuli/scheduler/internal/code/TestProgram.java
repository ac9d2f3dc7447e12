package io.lazuli.scheduler.internal.code;

import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program with an operation, a library that it calls, a provider of the library's service that no code names, and a library
/// that nobody needs.
record TestProgram(Path classes, Path library, Path provider, Path unused,
        URLClassLoader loader) implements AutoCloseable {
    private static final String WORK = """
            package app;
            import io.lazuli.graph.*;
            import io.lazuli.graph.memory.Block;
            public record Work(int seed) implements Operation {
                static int runs;
                enum Unit { ONE, TWO }
                private static final class Nested { int twice(int x) { return 2 * x; } }
                @Override public String name() { return "work"; }
                @Override public Block run(TaskContext context, TaskInputs inputs) {
                    try (var text = Work.class.getResourceAsStream("greeting.txt")) {
                        String greeting = new String(text.readAllBytes());
                        runs++;
                        java.util.function.IntUnaryOperator add = x -> x + seed;
                        int value = new Nested().twice(add.applyAsInt(Unit.TWO.ordinal()));
                        return Block.value(greeting + " " + lib.Rates.all() + " " + value + " run " + runs, 100);
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            """;
    private static final String RATES = """
            package lib;
            public final class Rates {
                public static String all() {
                    var found = new StringBuilder();
                    for (Rate rate : java.util.ServiceLoader.load(Rate.class)) {
                        found.append(rate.rate());
                    }
                    return found + "%";
                }
            }
            """;

    static TestProgram compile(Path folder) throws IOException {
        return compile(folder, WORK);
    }

    /// The same program with another line in it.
    static TestProgram compileChanged(Path folder) throws IOException {
        return compile(folder, WORK.replace("2 * x", "3 * x"));
    }

    private static TestProgram compile(Path folder, String work) throws IOException {
        Path libraryClasses = Compiled.folder(folder.resolve("library"), List.of(), Map.of(
                "lib.Rate", "package lib; public interface Rate { int rate(); }", "lib.Rates", RATES));
        Path library = Compiled.jar(folder.resolve("rates.jar"), libraryClasses);
        Path providerClasses = Compiled.folder(folder.resolve("provider"), List.of(library), Map.of(
                "bonus.Weekend",
                "package bonus; public class Weekend implements lib.Rate { public int rate() { return 7; } }"));
        Path services = Files.createDirectories(providerClasses.resolve("META-INF/services"));
        Files.writeString(services.resolve("lib.Rate"), "# rates\nbonus.Weekend\n");
        Path provider = Compiled.jar(folder.resolve("weekend.jar"), providerClasses);
        Path unusedClasses = Compiled.folder(folder.resolve("other"), List.of(), Map.of(
                "other.Unused", "package other; public class Unused {}"));
        Path unused = Compiled.jar(folder.resolve("unused.jar"), unusedClasses);
        Path classes = Compiled.folder(folder.resolve("classes"), List.of(library), Map.of("app.Work", work));
        Files.writeString(classes.resolve("app/greeting.txt"), "hello");
        URL[] urls = {classes.toUri().toURL(), library.toUri().toURL(), provider.toUri().toURL(),
            unused.toUri().toURL()};
        return new TestProgram(classes, library, provider, unused,
                new URLClassLoader(urls, TestProgram.class.getClassLoader()));
    }

    List<Path> classPath() {
        return List.of(classes, library, provider, unused);
    }

    /// As its client sees it.
    ProgramCode code() {
        return ProgramCode.of(classPath());
    }

    /// One task that says `hello 7% ` and twice one more than `seed`.
    TaskGraph graph(int seed) {
        try {
            Operation work = (Operation) Class.forName("app.Work", true, loader)
                    .getConstructor(int.class)
                    .newInstance(seed);
            return TaskGraph.of(List.of(Layer.of(work, 1, List.of(), "work")));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
