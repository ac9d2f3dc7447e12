package io.lazuli.scheduler.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.Mix;
import io.lazuli.scheduler.internal.code.Bundle;
import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.ForgedBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A client sends other code than it announces: its jobs are refused with the reason, and what has come of it is dropped.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileCodeTest {
    private static final TaskGraph GRAPH = TaskGraph.of(List.of(Layer.of(new Mix(0, 1, 1, 0), 3, List.of(), "mix")));
    private static final long SOON_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final ForgedBundle CODE = new ForgedBundle(3 << 20);

    @TempDir
    Path spill;

    private LoopbackCluster cluster(Bundle bundle) {
        return new LoopbackCluster(1, 1, 16 << 20, spill, List.of(bundle));
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(spill)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private void refuses(Bundle bundle, ErrorCode code, String why) throws IOException {
        try (LoopbackCluster cluster = cluster(bundle)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> cluster.submit(GRAPH, JobOptions.DEFAULTS).close())
                        .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(code))
                        .hasMessageContaining(why);
            }
            assertThat(jars()).isEmpty();
        }
    }

    @Test
    void bytesOfAnotherHash() throws IOException {
        refuses(CODE.announcedAs(new CodeHash("ab".repeat(32)), CODE.length()), ErrorCode.DATA,
                "bytes of the hash " + CODE.hash().hex());
    }

    @Test
    void moreBytesThanWereAnnounced() throws IOException {
        refuses(CODE.announcedAs(CODE.hash(), 1 << 20), ErrorCode.DATA,
                "more than the 1,048,576 bytes that were announced");
    }

    @Test
    void moreBytesThanThereIsRoomFor() throws IOException {
        refuses(CODE.announcedAs(CODE.hash(), 3L << 30), ErrorCode.RESOURCE, "bytes for code are in use");
    }

    @Test
    void whatIsAsAnnounced_isTaken_goesToWorkers_andIsDroppedWhenItsClientEnds() throws Exception {
        try (LoopbackCluster cluster = cluster(CODE.announcedAs(CODE.hash(), CODE.length()))) {
            try (Job job = cluster.submit(GRAPH, JobOptions.DEFAULTS)) {
                job.take(0).release();
                assertThat(jars()).singleElement().asString().contains(CODE.hash().hex());
            }
            cluster.endClient();
            long end = System.nanoTime() + SOON_NANOS;
            while (!jars().isEmpty()) {
                assertThat(System.nanoTime()).as("long before a client that is silent is given up").isLessThan(end);
                Thread.sleep(10);
            }
        }
    }
}
