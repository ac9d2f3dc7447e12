package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher: versions, user programs, and one clear line for each way it can be misused.
class LauncherTest {
    @TempDir
    Path folder;

    @Test
    void printsItsVersion() throws Exception {
        assertThat(Launcher.run("version").output()).startsWith("Lazuli 0.1").contains("Java 25");
    }

    /// What the README's example with this number, from 0 on, prints.
    private String printedByExample(int number) throws Exception {
        List<String> examples = Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(Files.readString(Launcher.ROOT.resolve("README.md")))
                .results()
                .map(example -> example.group(1))
                .toList();
        assertThat(examples).hasSize(6);
        String code = examples.get(number);
        int body = code.indexOf("\n\n") + 2;
        Path program = folder.resolve("Example.java");
        Files.writeString(program, code.substring(0, body) + "void main() {\n" + code.substring(body) + "}\n");

        CommandProcess.Outcome outcome = Launcher.run("run", program.toString());

        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.status()).isZero();
        return outcome.output();
    }

    @Test
    void runsTheReadmesExampleOfFrames() throws Exception {
        String output = printedByExample(0);
        assertThat(output).contains("mean_delay", "city");
        assertThat(output.lines().filter(line -> line.contains("│"))).hasSize(2 + 10);
    }

    @Test
    void runsTheReadmesExamplesOfCallsBagsAndFutures() throws Exception {
        long lines = Stream.of("README.md", "ARCHITECTURE.md").mapToLong(LauncherTest::lineCount).sum();
        assertThat(printedByExample(1))
                .isEqualTo("add(lines(\"README.md\"), lines(\"ARCHITECTURE.md\")) = " + lines + "\n");
        assertThat(printedByExample(2).lines()).hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith("Keyed[key="));
        assertThat(printedByExample(3).lines()).containsExactlyInAnyOrder("1", "4", "9");
    }

    @Test
    void runsTheReadmesExampleOfModels() throws Exception {
        String output = printedByExample(4);
        assertThat(output).contains("mean_roc_auc", "prediction");
        assertThat(output.lines().filter(line -> line.contains("│"))).hasSize(2 + 3 + 2 + 20);
    }

    @Test
    void runsTheReadmesExampleOfProcesses() throws Exception {
        String output = printedByExample(5);
        assertThat(output.lines().filter(line -> line.contains("│"))).hasSize(2 + 5);
    }

    private static int lineCount(String file) {
        try {
            return Files.readAllLines(Launcher.ROOT.resolve(file)).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void passesArgumentsToPrograms() throws Exception {
        Path program = folder.resolve("Echo.java");
        Files.writeString(program, "void main(String[] a) { IO.println(String.join(\"|\", a)); }");

        assertThat(Launcher.run("run", program.toString(), "one", "two words").output()).isEqualTo("one|two words\n");
    }

    /// A JDK whose Java says what it was started with.
    private Path echoingJdk() throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        for (String command : List.of("java", "javac")) {
            Path file = Files.createDirectories(jdk.resolve("bin")).resolve(command);
            Files.writeString(file, "#!/bin/sh\necho \"$@\"\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return jdk;
    }

    @Test
    void theHeapIsAQuarterOfTheMemoryLimit() throws Exception {
        Path program = Files.writeString(folder.resolve("Heap.java"), "void main() {}");
        String jdk = echoingJdk().toString();
        Map<String, Integer> heaps =
                Map.of("768MiB", 192, "2GB", 512, "1.5 GiB", 256, "600000000", 143, "200MB", 128, "1TB", 1024);
        heaps.forEach((limit, heap) -> assertThat(
                Launcher.run(
                        Map.of("LAZULI_JAVA_HOME", jdk, "LAZULI_MEMORY_LIMIT", limit), "run",
                        program.toString()).output())
                .as(limit).contains(" -Xmx" + heap + "m "));
        assertThat(Launcher.run(
                Map.of("LAZULI_JAVA_HOME", jdk, "LAZULI_MEMORY_LIMIT", "2GB", "LAZULI_HEAP", "300m"), "run",
                program.toString())
                .output()).contains(" -Xmx300m ");
    }

    @Test
    void javaGetsTheHeap() throws Exception {
        Path program = folder.resolve("Heap.java");
        Files.writeString(program, "void main() { IO.println(Runtime.getRuntime().maxMemory() >> 20); }");
        String output = Launcher.run(Map.of("LAZULI_MEMORY_LIMIT", "2GB"), "run", program.toString()).output();
        // the collector keeps a part of its youngest generation to itself
        assertThat(Integer.parseInt(output.strip())).isBetween(512 * 7 / 8, 513);
    }

    @Test
    void failingUserFunctionIsNamedWithItsPlace() throws Exception {
        Path program = folder.resolve("Failing.java");
        Files.writeString(
                program,
                """
                import static io.lazuli.dataframe.Expressions.*;
                import io.lazuli.dataframe.DataFrame;

                void main() {
                    DataFrame.readCsv("tests/examples/data/airports.csv")
                            .select(col("latitude").mapDouble("root", x -> { throw new IllegalStateException("no root today"); }).as("x"))
                            .count();
                    DataFrame.readCsv("tests/examples/data/airports.csv")
                            .select(col("latitude").mapDouble("root", x -> { throw new IllegalStateException("no root today"); }).as("x"))
                            .show();
                }
                """);
        CommandProcess.Outcome outcome = Launcher.run("run", program.toString());

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors()).contains("root", "Failing.java:9", "no root today");
    }

    @Test
    void unknownCommandIsExplained() throws Exception {
        CommandProcess.Outcome outcome = Launcher.run("frobnicate");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.errors().lines()).singleElement().asString().contains("frobnicate", "lazuli help");
    }

    @Test
    void missingFileIsOneLine() throws Exception {
        CommandProcess.Outcome outcome = Launcher.run("demo", "--data", "nowhere.parquet");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors().lines()).singleElement().asString().contains("nowhere.parquet");
    }

    @Test
    void missingJdkIsOneLine() throws Exception {
        CommandProcess.Outcome outcome = Launcher.run(Map.of("LAZULI_JAVA_HOME", folder.toString()), "version");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.errors().lines()).singleElement().asString().contains("JDK 25", folder.toString());
    }
}
