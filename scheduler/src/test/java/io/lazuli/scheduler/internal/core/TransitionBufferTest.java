package io.lazuli.scheduler.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EngineEvent.JobFinished;
import io.lazuli.scheduler.event.EngineEvent.TaskEnded;
import io.lazuli.scheduler.event.EngineEvent.TasksMoved;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.TaskTransition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransitionBufferTest {
    private final TransitionBuffer buffer = new TransitionBuffer();

    private List<EngineEvent> take() {
        return new EventBlock(1, buffer.take(), Map.of(), Map.of()).events();
    }

    private void finished(int task, long exchangedRows) {
        buffer.measure(3, 10, 80, 500, exchangedRows);
        buffer.moved(task, Transition.FINISHED, TaskStatus.LEASED, 0, false);
    }

    @Test
    void whatHappenedWhileNobodyListened_isCountedAndNotTaken() {
        finished(1, 0);
        buffer.jobFinished(1, JobProgress.State.FAILED);
        buffer.open(0);
        assertThat(buffer.transitionCount()).isEqualTo(1);
        assertThat(take()).isEmpty();
    }

    @Test
    void storyOfATask_isRemembered_whetherItWasTakenOrNot() {
        buffer.at(70);
        buffer.moved(1, Transition.SATISFIED, TaskStatus.WAITING, 0, false);
        buffer.moved(2, Transition.SATISFIED, TaskStatus.WAITING, 0, false);
        assertThat(Story.of(2, buffer)).containsExactly("WAITING -> READY (SATISFIED, attempt 0) at 70 ns");
        assertThat(Story.of(3, buffer)).isEmpty();

        buffer.open(50);
        buffer.at(90);
        buffer.moved(2, Transition.ASSIGNED, TaskStatus.READY, 3, false);
        take();
        buffer.at(95);
        finished(2, 0);
        assertThat(Story.of(2, buffer)).containsExactly(
                "READY -> LEASED (ASSIGNED, attempt 3) at 90 ns", "LEASED -> IN_MEMORY (FINISHED, attempt 0) at 95 ns");
    }

    @Test
    void whatIsRemembered_isBounded_andAFewThousandTransitionsAtLeast() {
        for (int i = 0; i < 200_000; i++) {
            buffer.at(i);
            buffer.moved(2 * i, Transition.SATISFIED, TaskStatus.WAITING, 0, false);
        }
        int words = buffer.remembered().stream().mapToInt(entries -> entries.length).sum();
        assertThat(words).isBetween(1 << 14, 3 << 14);
        assertThat(Story.of(2 * (200_000 - 4_000), buffer)).hasSize(1);
        assertThat(Story.of(0, buffer)).isEmpty();
    }

    @Test
    void measuresThatFit_takeThreeWords_andAllComeBackAsTheyWere() {
        long[][] measures =
                {{0, 0, 0}, {65535, 0xffffff, 0xffffff}, {65536, 1, 1}, {1, 0x1000000, 1}, {1, 1, 0x1000000},
                    {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE}};
        buffer.open(0);
        for (int task = 0; task < measures.length; task++) {
            buffer.measure(3, measures[task][0], measures[task][1], measures[task][2], 0);
            buffer.moved(task, Transition.FINISHED, TaskStatus.LEASED, 0, false);
        }
        assertThat(buffer.size()).isEqualTo(1 + 2 * 3 + 4 * 5);
        List<EngineEvent> events = take();
        for (int task = 0; task < measures.length; task++) {
            assertThat(events.get(task)).isEqualTo(new TaskEnded(
                    0, TaskTransition.FINISHED, io.lazuli.scheduler.event.TaskStatus.LEASED, false, task, 0, -1, 3,
                    measures[task][0], measures[task][1], measures[task][2], 0));
        }
    }

    @Test
    void consecutiveTasks_areOneEntryOfTwoWords() {
        buffer.open(1000);
        buffer.by(4);
        buffer.at(1500);
        for (int task = 7; task < 107; task++) {
            buffer.moved(task, Transition.ASSIGNED, TaskStatus.READY, 2, false);
        }
        assertThat(buffer.size()).as("a clock and a run").isEqualTo(3);
        assertThat(buffer.transitionCount()).isEqualTo(100);
        assertThat(take()).containsExactly(new TasksMoved(
                500, TaskTransition.ASSIGNED, io.lazuli.scheduler.event.TaskStatus.READY, false, 7, 100, 2, 4));
    }

    @Test
    void run_endsWhereAnythingDiffers() {
        buffer.open(0);
        buffer.moved(1, Transition.SATISFIED, TaskStatus.WAITING, 0, false);
        buffer.moved(3, Transition.SATISFIED, TaskStatus.WAITING, 0, false);
        buffer.moved(4, Transition.SATISFIED, TaskStatus.WAITING, 1, false);
        buffer.moved(5, Transition.ABANDONED, TaskStatus.WAITING, 1, false);
        buffer.moved(6, Transition.ABANDONED, TaskStatus.READY, 1, false);
        buffer.by(2);
        buffer.moved(7, Transition.ABANDONED, TaskStatus.READY, 1, false);
        buffer.at(9);
        buffer.moved(8, Transition.ABANDONED, TaskStatus.READY, 1, false);
        assertThat(take()).hasSize(7).allMatch(event -> ((TasksMoved) event).count() == 1);
    }

    @Test
    void measures_goWithTheNextMoveAlone() {
        buffer.open(0);
        finished(1, 0);
        finished(2, 6);
        buffer.moved(1, Transition.RELEASED, TaskStatus.IN_MEMORY, 0, true);
        var leased = io.lazuli.scheduler.event.TaskStatus.LEASED;
        var memory = io.lazuli.scheduler.event.TaskStatus.IN_MEMORY;
        assertThat(buffer.size()).isEqualTo(1 + 3 + 6 + 2);
        assertThat(take())
                .containsExactly(
                        new TaskEnded(0, TaskTransition.FINISHED, leased, false, 1, 0, -1, 3, 10, 80, 500, 0),
                        new TaskEnded(0, TaskTransition.FINISHED, leased, false, 2, 0, -1, 3, 10, 80, 500, 6),
                        new TasksMoved(0, TaskTransition.RELEASED, memory, true, 1, 1, 0, -1));
    }

    @Test
    void everyBlock_startsWithItsOwnClock() {
        buffer.open(0);
        buffer.at(42);
        buffer.jobFinished(1, JobProgress.State.SUCCEEDED);
        assertThat(take()).containsExactly(new JobFinished(42, 1, JobProgress.State.SUCCEEDED));
        buffer.jobFinished(2, JobProgress.State.CANCELLED);
        assertThat(take()).containsExactly(new JobFinished(42, 2, JobProgress.State.CANCELLED));
    }

    @Test
    void taskThatRunsOnce_makesFourTransitions_andTakesFewerThanAHundredBytes() {
        Layer leaves = Graphs.layer("leaves", 256, 1);
        Layer sums = Graphs.layer("sums", 16, 1, new Tree(leaves.token(), 16));
        CoreDriver driver = new CoreDriver(2);
        TransitionBuffer transitions = driver.core.transitions();
        transitions.open(0);
        TaskGraph graph = TaskGraph.of(List.of(leaves, sums));
        driver.submit(1, JobPlan.of(graph, Map.of(), JobOptions.DEFAULTS));
        while (!driver.finished.containsKey(1L)) {
            driver.ask(0);
            driver.leased.keySet().stream().toList().forEach(driver::finish);
        }
        driver.offered.stream().toList().forEach(driver::take);
        assertThat(transitions.transitionCount()).isEqualTo(4L * graph.taskCount());
        assertThat(8L * transitions.size()).isLessThan(100L * graph.taskCount());
    }

    @Test
    void codes_areThoseOfThePublicEnums() {
        assertThat(Arrays.stream(Transition.ALL).map(t -> t + " " + t.to()))
                .containsExactlyElementsOf(
                        Arrays.stream(TaskTransition.values()).map(t -> t + " " + t.to()).toList());
        assertThat(Arrays.stream(TaskStatus.ALL).map(TaskStatus::name))
                .containsExactlyElementsOf(
                        Arrays.stream(io.lazuli.scheduler.event.TaskStatus.values()).map(Enum::name).toList());
        assertThat(Transition.ALL).as("codes from CLOCK on are others").hasSizeLessThan(TransitionBuffer.CLOCK);
    }
}
