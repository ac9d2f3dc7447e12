package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.code.Distribution;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.FromWorker;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.ShippedGraph;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scheduler that has met a defect of its own: nobody waits for what will not come.
class BrokenSchedulerTest {
    private static final ValueCodec CODEC = ValueCodec.of(BrokenSchedulerTest.class.getClassLoader(), _ -> true);

    @TempDir
    Path folder;

    private static FromClient.Submitted numbers(long request) {
        TaskGraph graph = TaskGraph.of(List.of(Graphs.layer("numbers", 3, 1)));
        return new FromClient.Submitted(
                request,
                new JobSpec(ShippedGraph.of(graph, CODEC), JobOptions.DEFAULTS, Map.of(), Map.of(), List.of()),
                Optional.empty());
    }

    /// Of a task that there is none of: a defect of the worker, which the scheduler's core does not expect.
    private static FromWorker.Reported nonsense() {
        EventBuffer reports = new EventBuffer();
        reports.taskFinished(0, Integer.MAX_VALUE, 0, 1, 1, 1, 0);
        return new FromWorker.Reported(reports.packed(), List.of());
    }

    @Test
    void jobsFail_newOnesAreRefused_andAllCanBeClosed() {
        try (CodeStore code = CodeStore.under(folder, 1 << 20, Distribution.ofThisProcess());
                SchedulerShell scheduler = new SchedulerShell(
                        CoreOptions.CLUSTER, TimeUnit.SECONDS.toNanos(30), code, JobJournal.NONE, System::nanoTime);
                ScriptedClient client = new ScriptedClient(scheduler)) {
            ScriptedWorker worker = new ScriptedWorker(scheduler);
            client.say(numbers(1));
            long job = client.await(ToClient.Accepted.class, answer -> answer.request() == 1).job();

            worker.say(nonsense());

            ToClient.Ended end = client.await(ToClient.Ended.class, of -> of.job() == job);
            assertThat(end.failure().orElseThrow().toLazuliException())
                    .hasMessageContaining("The engine met a defect of its own")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL));
            client.say(numbers(2));
            ToClient.Refused refused = client.await(ToClient.Refused.class, answer -> answer.request() == 2);
            assertThat(refused.why().message().orElseThrow()).contains("The engine met a defect of its own");
            client.say(new FromClient.Closed(job));
            client.await(ToClient.Forgotten.class, of -> of.job() == job);
        }
    }
}
