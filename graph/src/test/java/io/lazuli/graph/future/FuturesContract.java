package io.lazuli.graph.future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Token;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedFunction2;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What [Futures] do on every [Engine]: extend this class and say how to open one.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class FuturesContract {
    private static final DelayedFunction1<Integer, Integer> INC = Delayed.function((Integer i) -> i + 1).named("inc");
    private static final DelayedFunction2<Integer, Integer, Integer> ADD =
            Delayed.function((Integer a, Integer b) -> a + b).named("add");

    private final Engine engine = open(2);
    private final Futures futures = Futures.over(engine);

    protected abstract Engine open(int threads);

    @AfterEach
    void close() {
        futures.close();
        engine.close();
    }

    private static <T> DelayedFunction1<T, T> after(CountDownLatch latch) {
        return Delayed.function((T value) -> {
            latch.await();
            return value;
        }).named("after");
    }

    private DelayedFunction1<Integer, Integer> failingWhile(AtomicBoolean broken) {
        return Delayed.function((Integer i) -> {
            if (broken.get()) {
                throw new IOException("no disk");
            }
            return i;
        }).named("load");
    }

    @Test
    void submit_runsFunctionsOfAnyArity() throws Exception {
        assertThat(futures.submit(Delayed.function(() -> 1)).get()).isEqualTo(1);
        assertThat(futures.submit(INC, 1).get()).isEqualTo(2);
        assertThat(futures.submit(ADD, 1, 2).get(10, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(futures.submit(Delayed.function((Integer a, Integer b, Integer c) -> a + b + c), 1, 2, 3).result())
                .isEqualTo(6);
        assertThat(futures.submit(Delayed.function((Integer a, Integer b, Integer c, Integer d) -> d), 1, 2, 3, 4)
                .result())
                .isEqualTo(4);
        assertThat(futures.submit(Delayed.function((String s) -> s), null).result()).isNull();
    }

    @Test
    void gatherSucceeded_leavesOutWhatFailed() {
        List<TaskFuture<Integer>> all = futures.map(Delayed.function((Integer i) -> 6 / i), List.of(1, 0, 3));
        assertThat(Futures.gatherSucceeded(all)).containsExactly(6, 2);
        all.getFirst().cancel(true);
        assertThat(Futures.gatherSucceeded(List.of(all.get(1)))).isEmpty();
    }

    @Test
    void asExecutor_runsCommandsOfTheJavaLibrary() {
        assertThat(CompletableFuture.supplyAsync(() -> 20, futures.asExecutor())
                .thenApplyAsync(i -> i + 1, futures.asExecutor()).join()).isEqualTo(21);
        assertThatThrownBy(CompletableFuture.supplyAsync(() -> 1 / 0, futures.asExecutor())::join)
                .hasRootCauseInstanceOf(ArithmeticException.class);
    }

    @Test
    void states() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        TaskFuture<Integer> future = futures.submit(FuturesContract.<Integer>after(latch), 5);
        assertThat(future.state()).isEqualTo(State.RUNNING);
        assertThat(future).hasToString("after: RUNNING");
        assertThatThrownBy(() -> future.get(20, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class)
                .hasMessage("Task 'after' is not done after 20 MILLISECONDS; it goes on.");
        assertThatThrownBy(future::resultNow).isInstanceOf(IllegalStateException.class);
        latch.countDown();
        assertThat(future.get()).isEqualTo(5);
        assertThat(future.state()).isEqualTo(State.SUCCESS);
        assertThat(future.resultNow()).isEqualTo(5);
        assertThat(future.cancel(true)).isFalse();
    }

    @Test
    void futuresAreArguments_startedWhenTheyAreDone() {
        CountDownLatch latch = new CountDownLatch(1);
        TaskFuture<Integer> a = futures.submit(FuturesContract.<Integer>after(latch), 5);
        TaskFuture<Integer> b = futures.submit(INC.call(a.delayed()));
        TaskFuture<Integer> sum = futures.submit(ADD.call(INC.call(a.delayed()), b.delayed()));
        assertThat(sum.isDone()).isFalse();
        latch.countDown();
        assertThat(sum.result()).isEqualTo(12);
        assertThat(futures.submit(ADD.call(sum.delayed(), b.delayed())).result()).isEqualTo(18);
        assertThat(ADD.call(sum.delayed(), 1).compute(engine)).isEqualTo(13);
    }

    @Test
    void longChainOfFutures_succeedsAndFails() {
        CountDownLatch latch = new CountDownLatch(1);
        TaskFuture<Integer> first = futures.submit(FuturesContract.<Integer>after(latch), 0);
        TaskFuture<Integer> last = first;
        for (int i = 0; i < 5_000; i++) {
            last = futures.submit(INC.call(last.delayed()));
        }
        latch.countDown();
        assertThat(last.result()).isEqualTo(5_000);
    }

    @Test
    void longChainOfFutures_isCancelledByTheFirst() {
        CountDownLatch latch = new CountDownLatch(1);
        TaskFuture<Integer> first = futures.submit(FuturesContract.<Integer>after(latch), 0);
        List<TaskFuture<Integer>> chain = new ArrayList<>(List.of(first));
        for (int i = 0; i < 100_000; i++) {
            chain.add(futures.submit(INC.call(chain.getLast().delayed())));
        }
        assertThat(first.cancel(false)).isTrue();
        assertThat(chain).allMatch(TaskFuture::isCancelled);
        latch.countDown();
        assertThatThrownBy(() -> chain.getLast().get()).isInstanceOf(CancellationException.class)
                .hasMessage("Task 'inc' was cancelled.");
    }

    @Test
    void failure_hasTheOriginalCause() {
        TaskFuture<Integer> failed = futures.submit(failingWhile(new AtomicBoolean(true)), 1);
        assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class).cause()
                .isInstanceOf(LazuliException.class).hasCause(new IOException("no disk"));
        assertThatThrownBy(failed::result).isInstanceOf(LazuliException.class).hasCause(new IOException("no disk"));
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.exceptionNow()).hasCause(new IOException("no disk"));
    }

    @Test
    void failureOfAnInput_namesTheChain() {
        TaskFuture<Integer> load = futures.map(failingWhile(new AtomicBoolean(true)), List.of(1)).getFirst();
        TaskFuture<Integer> clean = futures.submit(INC.named("clean").call(load.delayed()));
        TaskFuture<Integer> total = futures.submit(ADD.named("total").call(1, clean.delayed()));
        assertThatThrownBy(total::result)
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessage("Task 'total' was not run, because 'load' failed ('total' reads 'clean' reads 'load'): "
                        + "Task 'load' failed: java.io.IOException: no disk")
                .hasCause(new IOException("no disk"));
        assertThatThrownBy(load::result).hasMessage("Task 'load' failed: java.io.IOException: no disk");
        assertThatThrownBy(() -> futures.submit(INC.call(total.delayed())).result())
                .hasMessageContaining("'inc' reads 'total' reads 'clean' reads 'load'");
    }

    @Test
    void retry_startsFailedInputsAgain() {
        AtomicBoolean broken = new AtomicBoolean(true);
        TaskFuture<Integer> load = futures.submit(failingWhile(broken), 1);
        TaskFuture<Integer> clean = futures.submit(INC.call(load.delayed()));
        TaskFuture<Integer> total = futures.submit(ADD.call(load.delayed(), clean.delayed()));
        Futures.awaitAll(List.of(total));
        total.retry();
        assertThatThrownBy(total::result).hasCause(new IOException("no disk"));
        broken.set(false);
        total.retry();
        assertThat(total.result()).isEqualTo(3);
        assertThat(load.result()).isEqualTo(1);
        total.retry();
        assertThat(total.state()).isEqualTo(State.SUCCESS);
    }

    @Test
    void cancelled_canBeRetried() {
        CountDownLatch latch = new CountDownLatch(1);
        TaskFuture<Integer> future = futures.submit(FuturesContract.<Integer>after(latch), 5);
        assertThat(future.cancel(true)).isTrue();
        assertThat(future.cancel(true)).isFalse();
        assertThatThrownBy(future::result)
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        latch.countDown();
        future.retry();
        assertThat(future.result()).isEqualTo(5);
    }

    @Test
    void map_isOneCallEach_andOneFailureIsItsOwn() {
        AtomicInteger attempts = new AtomicInteger();
        var odd = Delayed.function((Integer i) -> {
            if (i % 2 == 0) {
                attempts.incrementAndGet();
                throw new IOException("even " + i);
            }
            return i;
        }).named("odd");
        List<TaskFuture<Integer>> mapped =
                futures.map(odd, List.of(1, 2, 3, 4, 5), JobOptions.DEFAULTS.withRetries(2));
        Futures.awaitAll(mapped);
        assertThat(mapped).extracting(TaskFuture::state)
                .containsExactly(State.SUCCESS, State.FAILED, State.SUCCESS, State.FAILED, State.SUCCESS);
        assertThat(attempts.get()).isEqualTo(2 * 3);
        assertThatThrownBy(mapped.get(1)::result)
                .hasMessage("Task 'odd' failed 3 times: java.io.IOException: even 2");
        assertThatThrownBy(() -> Futures.gather(mapped)).hasRootCauseMessage("even 2");
        assertThat(futures.map(INC, List.of())).isEmpty();
        assertThat(Futures.gather(futures.map(INC, List.of(1, 2)))).containsExactly(2, 3);
    }

    @Test
    void oneOfAMap_canBeCancelled() {
        CountDownLatch latch = new CountDownLatch(1);
        List<TaskFuture<Integer>> mapped = futures.map(FuturesContract.<Integer>after(latch), List.of(1, 2, 3));
        mapped.get(1).cancel(false);
        latch.countDown();
        Futures.awaitAll(mapped);
        assertThat(mapped).extracting(TaskFuture::state).containsExactly(State.SUCCESS, State.CANCELLED, State.SUCCESS);
    }

    @Test
    void asCompleted_isInOrderOfCompletion() {
        List<CountDownLatch> latches = IntStream.range(0, 2).mapToObj(_ -> new CountDownLatch(1)).toList();
        List<TaskFuture<Integer>> submitted =
                IntStream.range(0, 2).mapToObj(i -> futures.submit(FuturesContract.<Integer>after(latches.get(i)), i))
                        .toList();
        var completed = Futures.asCompleted(submitted).iterator();
        latches.get(1).countDown();
        assertThat(completed.next()).isSameAs(submitted.get(1));
        assertThat(Futures.awaitAny(submitted)).isSameAs(submitted.get(1));
        latches.get(0).countDown();
        assertThat(completed.next()).isSameAs(submitted.get(0));
        assertThat(completed.hasNext()).isFalse();
        assertThatThrownBy(completed::next).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Futures.awaitAny(List.of())).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void callbacks_areCalledOnce_beforeOrAfterTheEnd() {
        CountDownLatch latch = new CountDownLatch(1);
        CountDownLatch called = new CountDownLatch(2);
        ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
        TaskFuture<Integer> future = futures.submit(FuturesContract.<Integer>after(latch), 5);
        future.whenDone(done -> {
            seen.add(done.resultNow());
            called.countDown();
        });
        latch.countDown();
        future.result();
        future.whenDone(done -> {
            seen.add(done.state());
            called.countDown();
        });
        assertThat(called).satisfies(c -> assertThat(c.await(10, TimeUnit.SECONDS)).isTrue());
        assertThat(seen).containsExactlyInAnyOrder(5, State.SUCCESS);
    }

    @Test
    void equalPureCalls_areOneFuture_whileItIsOfUse() {
        AtomicInteger calls = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean();
        var inc = Delayed.function((Integer i) -> {
            calls.incrementAndGet();
            if (broken.get()) {
                throw new IOException("no disk");
            }
            return i + 1;
        }).pure();
        TaskFuture<Integer> one = futures.submit(inc, 1);
        assertThat(futures.submit(inc, 1)).isSameAs(one);
        TaskFuture<Integer> ofOne = futures.submit(inc.call(one.delayed()));
        assertThat(futures.submit(inc.call(one.delayed()))).isSameAs(ofOne);
        assertThat(ofOne.result()).isEqualTo(3);
        assertThat(futures.map(inc, List.of(1, 2, 2))).satisfies(mapped -> {
            assertThat(mapped.get(0)).isSameAs(one);
            assertThat(mapped.get(1)).isSameAs(mapped.get(2));
            assertThat(Futures.gather(mapped)).containsExactly(2, 3, 3);
        });
        broken.set(true);
        TaskFuture<Integer> failed = futures.submit(inc, 9);
        Futures.awaitAll(List.of(failed));
        broken.set(false);
        assertThat(futures.submit(inc, 9).result()).isEqualTo(10);
        assertThat(calls.get()).as("1, 2 of the future, 2, and 9 twice").isEqualTo(5);
        assertThat(futures.submit(INC, 1)).isNotSameAs(futures.submit(INC, 1));
        Token token = one.token();
        assertThat(one.token()).isEqualTo(token);
    }

    @Test
    void close_cancelsWhatRunsAndWhatWaits_andRefusesMore() {
        CountDownLatch never = new CountDownLatch(1);
        var untilCancelled = Delayed.function((Integer i) -> never.await(100, TimeUnit.MILLISECONDS)).named("sleep");
        TaskFuture<Boolean> running = futures.submit(untilCancelled, 1);
        TaskFuture<String> waiting =
                futures.submit(Delayed.function((Boolean b) -> "done").call(running.delayed()));
        futures.close();
        assertThat(running.isCancelled()).isTrue();
        assertThat(waiting.isCancelled()).isTrue();
        assertThatThrownBy(() -> futures.submit(INC, 1)).hasMessage(
                "These futures are closed. Make new ones over the engine, or close them after the last submit.");
    }

    @Test
    void aForeignFutureThatIsNotDone_isRefused() {
        CompletableFuture<Integer> foreign = new CompletableFuture<>();
        assertThatThrownBy(() -> futures.submit(INC.call(Delayed.from(foreign)))).hasMessage(
                "A submitted call reads a java.util.concurrent.CompletableFuture, which cannot say when it is done. Submit after it is done, or give a TaskFuture.");
        foreign.complete(1);
        assertThat(futures.submit(INC.call(Delayed.from(foreign))).result()).isEqualTo(2);
    }

    @Test
    void interruptedWait_leavesTheTaskAlone() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        TaskFuture<Integer> future = futures.submit(FuturesContract.<Integer>after(latch), 5);
        Thread.currentThread().interrupt();
        assertThatThrownBy(future::get).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(future::result)
                .hasMessage("The thread that waited for task 'after' was interrupted; the task goes on.");
        assertThat(Thread.interrupted()).isTrue();
        latch.countDown();
        assertThat(future.result()).isEqualTo(5);
    }
}
