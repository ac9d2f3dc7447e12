package io.lazuli.scheduler.internal.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A [MemberMain] and what it has said. Closing it kills it.
final class MemberProcess implements AutoCloseable {
    private final Process process;
    /// Without acknowledgements, which are many.
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Thread reader = new Thread(this::read);

    private MemberProcess(Process process) {
        this.process = process;
        reader.start();
    }

    static MemberProcess start(List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemberMain.class.getName()));
        command.addAll(List.of(arguments));
        return new MemberProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("acknowledged ")) {
                    acknowledged.set(Integer.parseInt(line.substring("acknowledged ".length())));
                } else {
                    said.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    List<String> said() {
        return List.copyOf(said);
    }

    /// Numbers below were acknowledged.
    int acknowledged() {
        return acknowledged.get();
    }

    /// What it says after `word`, once it does.
    String await(String word) {
        await(word, line -> line.startsWith(word));
        return said().reversed().stream().filter(line -> line.startsWith(word)).findFirst().orElseThrow()
                .substring(word.length()).strip();
    }

    void await(String what, Predicate<String> line) {
        Members.await(what + " from a process that said " + said().reversed().stream().limit(5).toList(),
                () -> said().stream().anyMatch(line));
    }

    /// Sends a signal by name.
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }

    /// As `kill -9` does. Comes back when it is gone and all it has said is known.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        reader.join();
    }

    /// Local addresses, in hexadecimal, of the TCP sockets at which it listens.
    List<String> listening() throws IOException {
        List<String> sockets = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            for (Path file : files.toList()) {
                sockets.add(Files.readSymbolicLink(file).toString());
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid() + "/net/" + table))) {
                String[] fields = line.trim().split(" +");
                if (fields[3].equals("0A") && sockets.contains("socket:[" + fields[9] + "]")) {
                    addresses.add(fields[1]);
                }
            }
        }
        return addresses;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
