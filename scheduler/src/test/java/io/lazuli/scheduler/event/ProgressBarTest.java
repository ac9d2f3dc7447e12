package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress.State;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.LocalEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    /// Around a frame below an empty line, of lines that must not wrap; each erases the rest of its line, the last all that is below.
    private static final String END_OF_LINE = "\u001b[K\n";
    private static final String START = "\u001b[?7l" + END_OF_LINE;
    private static final String END = "\u001b[J\u001b[?7h";
    private static final String NOTHING = "\u001b[J";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final ProgressView view = new ProgressView();
    private final Script script = new Script(view);
    /// Of the terminal.
    private int columns;

    private ProgressBar bar(int width) {
        columns = width + 1;
        return new ProgressBar(out, ProgressBarOptions.DEFAULTS, view, () -> script.nanos, () -> columns);
    }

    /// What was written since the last call.
    private String written() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text;
    }

    private List<String> frame(int width) {
        return new ProgressFrame(width).lines(view.running(script.nanos));
    }

    /// A job in its third second.
    private void count() {
        script.submit(1, "count", "scan trips.csv > aggregate", 200, "merge", 32, "sort", 4);
        script.nanos += 2 * Script.SECOND;
        script.run(0, 122);
        script.nanos += Script.SECOND / 2;
        script.end(0, 120);
        script.run(200, 2);
        script.end(200, 1);
        script.nanos += Script.SECOND / 2;
    }

    @Test
    void frame_hasALineForEachLayerThatRuns() {
        count();
        assertThat(frame(80))
                .containsExactly(
                        "count 3.00 s, 121/236 tasks",
                        "  scan trips.csv > aggregate  #############.........  120/200  120/s  0.7 s left",
                        "  merge                       ......................     1/32  2.0/s  15 s left",
                        "  1 more layer");
    }

    @Test
    void frame_fitsAnyWidth() {
        count();
        for (int width = 1; width < 120; width++) {
            int most = width;
            assertThat(frame(width)).as("width %d", width).allMatch(line -> line.length() <= most);
        }
        assertThat(frame(40))
                .containsExactly(
                        "count 3.00 s, 121/236 tasks",
                        "  scan trips.csv > aggregate        60 %",
                        "  merge                              3 %",
                        "  1 more layer");
    }

    @Test
    void longNames_doNotCostTheNumbers() {
        script.submit(1, "write /data/warehouse/flights/2026/*.parquet and airports.csv", "scan", 104);
        script.run(0, 2);
        script.nanos += Script.SECOND;
        assertThat(frame(39).getFirst()).isEqualTo("write /data/ware... 1.00 s, 0/104 tasks");
        assertThat(frame(20).getFirst()).isEqualTo("write... 1.00 s, ...");
        script.finish(1, State.SUCCEEDED);
        assertThat(new ProgressFrame(60).ended(view.summaries().getFirst()))
                .isEqualTo("write /data/warehouse/flight... succeeded, 0 tasks in 1.00 s");
    }

    @Test
    void frame_ofManyLayers_staysShort() {
        Object[] layers = new Object[200];
        for (int i = 0; i < 100; i++) {
            layers[2 * i] = "layer " + i;
            layers[2 * i + 1] = 10;
        }
        script.submit(1, "wide", layers);
        script.run(0, 1_000);
        assertThat(frame(80)).hasSize(10).last().isEqualTo("  92 more layers");
    }

    @Test
    void labels_cannotMoveTheCursor() {
        script.submit(1, "a\nb", "c\u001b[2J\td", 10);
        script.run(0, 2);
        script.nanos += Script.SECOND;
        assertThat(frame(80)).containsExactly(
                "a?b 1.00 s, 0/10 tasks", "  c?[2J?d  ..............................   0/10");
    }

    @Test
    void frames_replaceEachOther_andJobsLeaveOneLine() {
        ProgressBar bar = bar(60);
        bar.draw();
        script.submit(1, "count", "scan", 4);
        script.run(0, 2);
        bar.draw();
        assertThat(written()).as("shorter than half a second so far").isEmpty();

        script.nanos = Script.SECOND;
        bar.draw();
        String first = "count 1.00 s, 0/4 tasks" + END_OF_LINE + "  scan  ..............................  0/4";
        assertThat(written()).isEqualTo(START + first + END + "\u001b[2A\r");

        bar.draw();
        assertThat(written()).as("nothing has changed").isEmpty();

        script.end(0, 2);
        script.nanos = 2 * Script.SECOND;
        bar.draw();
        String second = "count 2.00 s, 2/4 tasks, 2.0 s left" + END_OF_LINE
                + "  scan  ##############..............  2/4  1.0/s  2.0 s left";
        assertThat(written()).as("over the last one").isEqualTo("\r" + START + second + END + "\u001b[2A\r");

        script.run(2, 2);
        script.end(2, 2);
        script.finish(1, State.SUCCEEDED);
        bar.draw();
        assertThat(written()).isEqualTo("\rcount succeeded, 4 tasks in 2.00 s" + END_OF_LINE + NOTHING);
        bar.close();
        assertThat(written()).isEmpty();
    }

    @Test
    void aTerminalThatIsResized_isFollowed() {
        ProgressBar bar = bar(60);
        script.submit(1, "count", "scan", 4);
        script.run(0, 2);
        script.nanos = Script.SECOND;
        bar.draw();
        assertThat(written()).contains("  scan  ..............................  0/4");
        columns = 21;
        bar.draw();
        assertThat(written()).contains("  scan           0 %");
    }

    @Test
    void frame_ofAMillionTasks_doesNotTwitch() {
        script.submit(1, "many", "small tasks", 1_000_000);
        script.run(0, 2);
        ProgressFrame frame = new ProgressFrame(79);
        List<Integer> bars = new ArrayList<>();
        int done = 0;
        for (int step = 1; step < 400; step++) {
            script.nanos += Script.SECOND / 10;
            script.run(done, 2 * step);
            script.end(done, 2 * step);
            done += 2 * step;
            String line = frame.lines(view.running(script.nanos)).get(1);
            assertThat(line).hasSizeLessThanOrEqualTo(79);
            bars.add((int) line.chars().filter(c -> c == '#' || c == '.').count());
        }
        assertThat(bars.stream().distinct().count()).as("changes of %s", bars).isLessThan(10);
        assertThat(bars).as("bars only become shorter, as numbers grow").isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void frame_showsWhatTasksSetOff_belowTheirJob() {
        script.submit(1, "search", "candidates", 60);
        script.submitWithin(2, 1, 100, "fit", 300);
        script.submitWithin(3, 1, 400, "fit", 40);
        script.submitWithin(4, 1, 500, "score", 40);
        script.run(0, 2);
        script.run(100, 200);
        script.nanos += Script.SECOND;
        script.end(100, 118);
        assertThat(frame(80)).containsExactly(
                "search 1.00 s, 118/440 tasks",
                "  candidates  ..............................     0/60",
                "    fit       ##########....................  118/340  118/s  1.9 s left",
                "  1 more layer");
    }

    @Test
    void frame_saysWhatWasSpilled() {
        script.submit(1, "sort", "runs", 60);
        script.run(0, 2);
        script.spill(1, 3L << 30, 1 << 20, 1 << 30);
        script.nanos += Script.SECOND;
        assertThat(frame(80).getFirst()).isEqualTo("sort 1.00 s, 0/60 tasks, 3.0 GiB spilled");
        script.finish(1, State.FAILED);
        assertThat(new ProgressFrame(80).ended(view.summaries().getFirst()))
                .isEqualTo("sort failed, 0 tasks in 1.00 s, 3.0 GiB spilled");
    }

    @Test
    void aJobThatIsCancelledOrFails_leavesItsLineAboveTheOthers() {
        ProgressBar bar = bar(60);
        script.submit(1, "one", "scan", 4);
        script.nanos = Script.SECOND;
        bar.draw();
        written();
        script.finish(1, State.CANCELLED);
        script.submit(2, "two", "scan", 4);
        script.nanos = 2 * Script.SECOND;
        bar.draw();
        assertThat(written())
                .isEqualTo("\rone cancelled, 0 tasks in 1.00 s" + END_OF_LINE + START + "two 1.00 s, 0/4 tasks"
                        + END_OF_LINE + "  1 more layer" + END + "\u001b[2A\r");
        script.finish(2, State.FAILED);
        bar.close();
        assertThat(written()).isEqualTo("\rtwo failed, 0 tasks in 1.00 s" + END_OF_LINE + NOTHING);
        bar.close();
        assertThat(written()).isEmpty();
    }

    @Test
    void closingWhileAJobRuns_leavesTheTerminalClean() {
        ProgressBar bar = bar(60);
        script.submit(1, "one", "scan", 4);
        script.nanos = Script.SECOND;
        bar.draw();
        written();
        bar.close();
        assertThat(written()).isEqualTo("\r" + NOTHING);
    }

    @Test
    void times_areShort() {
        assertThat(ProgressFrame.text(Duration.ofMillis(440))).isEqualTo("0.4 s");
        assertThat(ProgressFrame.text(Duration.ofMillis(59_999))).isEqualTo("59 s");
        assertThat(ProgressFrame.text(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
        assertThat(ProgressFrame.text(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    @Test
    void options_refuseNonsense() {
        assertThatThrownBy(() -> ProgressBarOptions.DEFAULTS.withInterval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProgressBarOptions.DEFAULTS.withMinimum(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anEngine_isShownWhenForced_andOnlyThenWithoutATerminal() {
        TaskGraph graph = TaskGraph.of(List.of(Graphs.layer("leaves", 2_000, 1)));
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(1))) {
            try (ProgressBar silent = ProgressBar.show(engine.events(), out)) {
                assertThat(silent.isShown()).isFalse();
                run(engine, graph);
            }
            assertThat(written()).isEmpty();
            ProgressBarOptions options = ProgressBarOptions.DEFAULTS
                    .withForced(true).withMinimum(Duration.ZERO).withInterval(Duration.ofMillis(1));
            try (ProgressBar bar = ProgressBar.show(engine.events(), out, options)) {
                assertThat(bar.isShown()).isTrue();
                for (int i = 0; i < 5; i++) {
                    run(engine, graph);
                }
            }
            String text = written();
            assertThat(text).contains("test succeeded, 2,000 tasks in ");
            assertThat(text.substring(text.lastIndexOf('\n') + 1)).as("nothing is left below").isEqualTo(NOTHING);
        }
    }

    private static void run(LocalEngine engine, TaskGraph graph) {
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS.withName("test"))) {
            for (int p = 0; p < job.partitionCount(); p++) {
                job.take(p).release();
            }
        }
    }
}
