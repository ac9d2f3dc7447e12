package io.lazuli.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/// Where the workers of a recorded run spent their time: a table of our methods, each with its share of the samples in which it was
/// the innermost one. The first half of the recording, in which code is compiled, is left out.
///
/// ```
///   LAZULI_JAVA_OPTS='-XX:StartFlightRecording=filename=q1.jfr,settings=profile -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints' \
///       BENCH_REPS=40 BENCH_SIZE=M ./lazuli bench groupby-parquet q1 DATA
///   java -cp tests/benchmarks/target/classes io.lazuli.benchmarks.QuestionProfile q1.jfr
/// ```
public final class QuestionProfile {
    private static final int SHOWN = 12;

    private QuestionProfile() {}

    public static void main(String[] files) throws IOException {
        for (String file : files) {
            System.out.println("| " + Path.of(file).getFileName() + " | share |\n|---|---|");
            print(samples(Path.of(file)));
        }
    }

    private static List<RecordedEvent> samples(Path file) throws IOException {
        List<RecordedEvent> all = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
                .filter(event -> event.getThread("sampledThread").getJavaName() != null)
                .filter(event -> event.getThread("sampledThread").getJavaName().contains("worker"))
                .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                .toList();
        if (all.isEmpty()) {
            throw new IllegalArgumentException(file + " has no samples of workers");
        }
        Instant start = all.getFirst().getStartTime();
        Instant middle = start.plus(Duration.between(start, all.getLast().getStartTime()).dividedBy(2));
        return all.stream().filter(event -> event.getStartTime().isAfter(middle)).toList();
    }

    private static void print(List<RecordedEvent> samples) {
        Map<String, Integer> counts = new HashMap<>();
        samples.forEach(sample -> counts.merge(innermost(sample).orElse("elsewhere"), 1, Integer::sum));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(entry -> System.out.printf(
                        "| `%s` | %.1f %% |%n", entry.getKey(), 100.0 * entry.getValue() / samples.size()));
    }

    private static Optional<String> innermost(RecordedEvent sample) {
        return sample.getStackTrace().getFrames().stream()
                .map(RecordedFrame::getMethod)
                .filter(method -> method.getType().getName().startsWith("io.lazuli."))
                .findFirst()
                .map(QuestionProfile::name);
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
