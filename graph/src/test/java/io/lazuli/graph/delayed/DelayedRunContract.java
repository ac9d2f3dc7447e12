package io.lazuli.graph.delayed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.pass.Passes;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How calls are run on every [Engine]: which of them together, and from what is kept.
@Timeout(60)
public abstract class DelayedRunContract {
    private static final JobOptions UNFUSED = JobOptions.DEFAULTS.withFusion(false);

    /// Calls made so far.
    private final AtomicInteger calls = new AtomicInteger();
    private final DelayedFunction1<Integer, Integer> inc = Delayed.function((Integer i) -> {
        calls.incrementAndGet();
        return i + 1;
    }).named("inc");
    private final DelayedFunction1<Integer, Integer> fail = Delayed.function((Integer i) -> {
        if (i > 0) {
            throw new IOException("disk is gone");
        }
        return i;
    }).named("load");
    private final DelayedFunction2<Integer, Integer, Integer> add =
            Delayed.function((Integer a, Integer b) -> a + b).named("add");

    private final Engine engine = open(2);

    protected abstract Engine open(int threads);

    @AfterEach
    void close() {
        engine.close();
    }

    private static TaskGraph optimized(Delayed<?> call, JobOptions options) {
        return Passes.of(options).apply(call.graph());
    }

    @Test
    void aChainIsOneTask_unlessTheJobSaysOtherwise() {
        Delayed<Integer> chain = inc.call(inc.call(inc.call(0)));
        assertThat(optimized(chain, JobOptions.DEFAULTS).taskCount()).isEqualTo(1 + 1);
        assertThat(optimized(chain, UNFUSED).taskCount()).isEqualTo(3 + 1);
        assertThat(chain.compute(engine)).isEqualTo(3);
        assertThat(chain.compute(engine, UNFUSED)).isEqualTo(3);
    }

    @Test
    void aCallThatMayBeRetriedOrIsTimedRunsAlone() {
        Delayed<Integer> chain = inc.call(inc.call(inc.call(0)));
        assertThat(optimized(chain, JobOptions.DEFAULTS.withRetries(1)).taskCount()).isEqualTo(4);
        assertThat(optimized(chain, JobOptions.DEFAULTS.withTimeout(Duration.ofMinutes(1))).taskCount()).isEqualTo(4);
        var retried = inc.annotated(Annotations.NONE.withRetries(2));
        assertThat(optimized(retried.call(retried.call(0)), JobOptions.DEFAULTS).taskCount()).isEqualTo(3);
        var preferred = inc.annotated(Annotations.NONE.withPriority(2));
        assertThat(optimized(preferred.call(preferred.call(0)), JobOptions.DEFAULTS).layers())
                .extracting(layer -> layer.partitionCount() + " " + layer.annotations().priority())
                .containsExactly("1 2", "1 0");
    }

    @Test
    void retriesAreThoseOfEachCall() {
        AtomicInteger failures = new AtomicInteger();
        var flaky = Delayed.function((Integer i) -> {
            if (failures.getAndIncrement() % 2 == 0) {
                throw new IOException("not yet");
            }
            return i + 1;
        });
        Delayed<Integer> chain = flaky.call(flaky.call(flaky.call(0)));
        assertThat(chain.compute(engine, JobOptions.DEFAULTS.withRetries(1))).isEqualTo(3);
        assertThat(failures).hasValue(6);
    }

    @Test
    void anErrorNamesTheCall_fusedOrNot() {
        Delayed<Integer> chain = inc.call(fail.call(inc.call(0)));
        for (JobOptions options : List.of(JobOptions.DEFAULTS, UNFUSED)) {
            assertThatThrownBy(() -> chain.compute(engine, options))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageContaining("load")
                    .hasMessageContaining("disk is gone")
                    .hasCause(new IOException("disk is gone"));
        }
        assertThatThrownBy(() -> chain.compute(engine)).hasMessageContaining("inc > load > inc")
                .hasMessageContaining("Step 'load' (2 of 3");
    }

    @Test
    void after_waitsForOthers_andHandsTheResultOn() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        var slow = Delayed.function(() -> {
            Thread.sleep(50);
            return order.add("slow");
        }).call();
        var read = Delayed.function((Integer i) -> {
            order.add("read");
            return i;
        });
        assertThat(read.call(inc.call(1).after(slow)).compute(engine)).isEqualTo(2);
        assertThat(order).containsExactly("slow", "read");
        assertThat(inc.call(1).after().compute(engine)).isEqualTo(2);
    }

    @Test
    void visualize_writesThePictureThatTheNameAsksFor(@TempDir Path folder) throws IOException {
        Delayed<Integer> chain = inc.call(inc.call(0));
        chain.visualize(folder.resolve("chain.svg"));
        chain.visualize(folder.resolve("chain.dot"));
        assertThat(Files.readString(folder.resolve("chain.svg"))).contains(">inc 0<", ">inc 1<", ">deliver 0<");
        assertThat(Files.readString(folder.resolve("chain.dot"))).contains("label=\"inc 0\"", "b0 -> b1");
        assertThat(chain.picture().optimized().toDot()).contains("label=\"inc > inc 0\"").doesNotContain("inc 1");
        assertThat(inc.call(chain.persist(engine)).picture().toDot()).contains("label=\"held ", "label=\"inc 0\"");
        assertThatThrownBy(() -> chain.visualize(folder.resolve("chain.png"))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("its name must end with .svg or .dot");
    }

    @Test
    void persist_callsOnce_andLaterGraphsStartThere() {
        Delayed<Integer> kept = inc.call(inc.call(0)).persist(engine);
        assertThat(kept).hasToString("inc(inc(0)).persist()");
        assertThat(calls).hasValue(2);
        assertThat(kept.compute()).isEqualTo(2);
        assertThat(add.call(kept, inc.call(kept)).compute()).isEqualTo(5);
        assertThat(Delayed.computeAll(List.of(kept, add.call(kept, kept)), engine)).containsExactly(2, 4);
        assertThat(calls).hasValue(3);
        assertThat(add.call(kept, kept).graph().layers()).extracting(layer -> layer.label() + layer.partitionCount())
                .containsExactly("add1");
        assertThat(inc.call(kept).persist().compute()).isEqualTo(3);
    }

    @Test
    void persistedPureCalls_meetEqualOnes() {
        var pure = inc.pure();
        Delayed<Integer> kept = pure.call(1).persist(engine);
        assertThat(Delayed.computeAll(List.of(kept, pure.call(1)), engine)).containsExactly(2, 2);
        assertThat(add.call(kept, pure.call(1)).compute(engine)).isEqualTo(4);
        assertThat(add.pure().call(kept, kept).token()).isPresent()
                .isEqualTo(add.pure().call(kept, kept).token());
    }

    @Test
    void persistAll_sharesWhatIsShared() {
        Delayed<Integer> shared = inc.call(0);
        List<Delayed<Integer>> kept = Delayed.persistAll(
                List.of(inc.call(shared), inc.call(shared), shared), engine, JobOptions.DEFAULTS);
        assertThat(calls).hasValue(3);
        assertThat(Delayed.computeAll(kept)).containsExactly(2, 2, 1);
        assertThat(Delayed.<Integer>persistAll(List.of(), engine, JobOptions.DEFAULTS)).isEmpty();
    }

    @Test
    void unpersist_givesBackOnce_andSaysSoToWhoComesLater() {
        Delayed<Integer> kept = inc.call(0).persist(engine);
        Delayed<Integer> reader = inc.call(kept);
        kept.unpersist();
        kept.unpersist();
        assertThatThrownBy(reader::compute).isInstanceOf(LazuliException.class)
                .hasMessage(
                        "What is to be computed reads what unpersist() gave back. Make it again from what was there before persist().");
        assertThatThrownBy(reader::unpersist).isInstanceOf(LazuliException.class)
                .hasMessage("Only a call that persist() returned can be unpersisted, not inc(inc(0).persist()).");
    }

    @Test
    void persist_staysWithItsEngine() {
        Delayed<Integer> kept = inc.call(0).persist(engine);
        try (Engine other = open(1)) {
            assertThatThrownBy(() -> inc.call(kept).compute(other)).isInstanceOf(LazuliException.class)
                    .hasMessage(
                            "What is to be computed reads what was persisted on another engine. Run it there, or persist it here.");
        }
    }

    /// Only the engine knows whether it still keeps something: a graph that names it by its token is refused once it is gone.
    @Test
    void whatNobodyRefersToIsGivenBack() throws InterruptedException {
        Delayed<Integer> kept = inc.call(0).persist(engine);
        TaskGraph reader = inc.call(kept).graph();
        engine.submit(reader, JobOptions.DEFAULTS).close();
        WeakReference<Delayed<Integer>> gone = new WeakReference<>(kept);
        kept = null;
        boolean isHeld = true;
        while (isHeld) {
            System.gc();
            Thread.sleep(10);
            try {
                engine.submit(reader, JobOptions.DEFAULTS).close();
            } catch (LazuliException e) {
                isHeld = false;
            }
        }
        assertThat(gone.get()).isNull();
    }
}
