package io.lazuli.dashboard.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.scheduler.event.TaskSpan;
import io.lazuli.scheduler.event.TaskTransition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanCodecTest {
    private final SpanCodec codec = new SpanCodec();

    private static TaskSpan span(int thread, long startMicros, long micros, String layer, int partition) {
        return new TaskSpan(
                4, thread, startMicros * 1_000, (startMicros + micros) * 1_000, 1, layer, partition, 9,
                TaskTransition.FINISHED);
    }

    @Test
    void fewAttempts_areToldOneByOne() {
        List<TaskSpan> spans = List.of(span(0, 10, 5, "a", 0), span(1, 11, 5, "b", 1), span(0, 16, 5, "a", 2));
        assertThat(codec.rows(spans, 3)).hasToString("[4,0,0,10,5,0,0,1,4,1,1,11,5,1,0,1,4,0,0,16,5,2,0,1]");
        assertThat(codec.labelsFrom(0)).hasToString("[\"a\",\"b\"]");
        assertThat(codec.labelsFrom(1)).hasToString("[\"b\"]");
    }

    @Test
    void manyAttempts_becomeRuns_asLongAsTheyAreAlike() {
        List<TaskSpan> spans = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            spans.add(span(0, 10 * i, 9, i < 6 ? "a" : "b", i));
        }
        spans.add(new TaskSpan(4, 0, 100_000, 101_000, 1, "b", 10, 1, TaskTransition.FAILED));
        spans.add(span(0, 900_000, 1, "b", 11));
        assertThat(codec.rows(spans, 4))
                .hasToString("[4,0,0,0,59,0,0,6,4,0,1,60,39,6,0,4,4,0,1,100,1,10,1,1,4,0,1,900000,1,11,0,1]");
    }

    @Test
    void moreRunsThanFit_areToldFromTheEnd() {
        List<TaskSpan> spans = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            spans.add(span(0, 10 * i, 9, i % 2 == 0 ? "a" : "b", i));
        }
        assertThat(codec.rows(spans, 1)).hasToString("[4,0,0,990,9,99,0,1]");
    }

    @Test
    void labels_areBounded() {
        List<TaskSpan> spans = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            spans.add(span(0, i, 1, "label " + i, i));
        }
        codec.rows(spans, 10_000);
        assertThat(codec.labelCount()).isEqualTo(2_001);
    }
}
