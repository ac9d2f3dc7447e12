package io.lazuli.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.scheduler.Cluster;
import io.lazuli.tests.CommandProcess;
import io.lazuli.tests.Signals;
import io.lazuli.tests.Wait;
import io.lazuli.tests.job.Marked;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// The scheduler that leads is killed while the client stands still: the job is done by another one, from what stands in the journal,
/// before the client moves again.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class AbsentClientTest {
    private static final Shuffled JOB = new Shuffled(20, 6, 1_000, 50);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /// A program that submits a job, and prints its result.
    static final class Client {
        private Client() {}

        /// @param arguments addresses of the schedulers, folder for marks
        public static void main(String[] arguments) {
            Marks marks = Marks.in(Path.of(arguments[1]));
            try (Cluster cluster = Cluster.connect(arguments[0]);
                    Job job = cluster.submit(
                            JOB.graph(operation -> new Marked(marks, operation)), JobOptions.DEFAULTS)) {
                System.out.println("sum " + Shuffled.take(job));
            }
        }
    }

    @Test
    void aJobGoesOnUnderAnotherLeader_withoutItsClient() {
        Marks marks = Marks.in(folder.resolve("marks"));
        try (TwoSchedulers schedulers = new TwoSchedulers(1, folder);
                CommandProcess client = schedulers.startClient(Client.class, marks.folder())) {
            Wait.until("tasks", () -> marks.endedRuns().size() > 4);
            Signals.send("STOP", client.handle());
            Set<Marks.Task> ended = tasks(marks.endedRuns());
            assertThat(ended).as("in the middle of it").hasSizeLessThan(JOB.taskCount());
            schedulers.killLeader();
            Wait.until("all tasks", () -> tasks(marks.endedRuns()).size() == JOB.taskCount());
            int runs = marks.runs().size();

            Signals.send("CONT", client.handle());
            CommandProcess.Outcome outcome = client.awaitEnd(DEADLINE);
            assertThat(outcome.output()).contains("sum " + JOB.expected());
            assertThat(marks.runs()).as("it takes what is there").hasSize(runs);
        }
    }

    private static Set<Marks.Task> tasks(List<Marks.Run> runs) {
        return runs.stream().map(Marks.Run::task).collect(Collectors.toSet());
    }
}
