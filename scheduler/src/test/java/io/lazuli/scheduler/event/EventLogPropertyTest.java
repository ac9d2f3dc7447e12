package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EventLogPropertyTest {
    @Property(tries = 100)
    void whatIsWritten_isRead(@ForAll long seed) throws IOException {
        Path file = Files.createTempFile("lazuli", ".events");
        try {
            List<EventBlock> blocks = EventLogTest.blocks(seed, 20);
            blocks.add(EventLogTest.end(21));
            EventLogTest.write(file, blocks);
            List<EventBlock> read = new ArrayList<>();
            Replay replay = Replay.of(file);
            assertThat(replay.to(read::add)).isEqualTo(new Replay.Outcome(21, true, 0, Optional.empty()));
            assertThat(replay.opened()).isEqualTo(EventLogTest.OPENED);
            assertThat(EventLogTest.events(read)).isEqualTo(EventLogTest.events(blocks));
            assertThat(read).extracting(EventBlock::sequence)
                    .isEqualTo(blocks.stream().map(EventBlock::sequence).toList());
        } finally {
            Files.delete(file);
        }
    }
}
