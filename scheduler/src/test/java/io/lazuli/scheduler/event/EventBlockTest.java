package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Blocks as bytes.
class EventBlockTest {
    @Test
    void whatWasWrittenIsRead() {
        for (EventBlock block : EventLogTest.blocks(7, 100)) {
            EventBlock read = EventBlock.of(block.toBytes());
            assertThat(read.sequence()).isEqualTo(block.sequence());
            assertThat(read.events()).isEqualTo(block.events());
        }
    }

    @Test
    void bytesThatAreNoneAreRefused() {
        Random random = new Random(8);
        byte[] bytes = EventLogTest.blocks(9, 1).getFirst().toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EventBlock.of(cut)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = bytes.clone();
            changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> EventBlock.of(changed)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> EventBlock.of(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void workersAreDescribed_whereThatIsKnown() {
        TransitionBuffer buffer = new TransitionBuffer();
        buffer.open(0);
        buffer.workerJoined(0, 4);
        buffer.workerJoined(1, 2);
        buffer.workerLeft(0);
        buffer.workerLeft(1);
        WorkerDescription description = new WorkerDescription("größer", "host", 17);
        EventBlock block = new EventBlock(
                1, buffer.take(), Map.of(), Map.of(), Map.of(0, description), Map.of(1, "it was silent"),
                Map.of(7, "line 3 is no number"));
        assertThat(EventBlock.of(block.toBytes()).causes()).isEqualTo(Map.of(7, "line 3 is no number"));
        assertThat(EventBlock.of(block.toBytes()).events()).isEqualTo(List.of(
                new EngineEvent.WorkerJoined(0, 0, 4, Optional.of(description)),
                new EngineEvent.WorkerJoined(0, 1, 2, Optional.empty()),
                new EngineEvent.WorkerLeft(0, 0, Optional.empty()),
                new EngineEvent.WorkerLeft(0, 1, Optional.of("it was silent"))));
    }
}
