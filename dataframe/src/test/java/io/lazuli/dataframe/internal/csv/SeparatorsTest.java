package io.lazuli.dataframe.internal.csv;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.io.CsvReadOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class SeparatorsTest {
    @Property
    void separatorsAreFoundWhereTheyAre(
            @ForAll @StringLength(max = 300) @CharRange(from = '*', to = '.') String text,
            @ForAll @IntRange(max = 20) int from) {
        byte[] bytes = text.replace('.', '\n').getBytes(StandardCharsets.US_ASCII);
        int start = Math.min(from, bytes.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes.length + (long) Separators.PADDING);
            segment.fill((byte) ',');
            MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
            Separators separators = new Separators(CsvDialect.of(CsvReadOptions.DEFAULTS, (byte) '\n'));
            int count = separators.find(segment, start, bytes.length, true);
            int[] expected =
                    IntStream.range(start, bytes.length).filter(i -> bytes[i] == ',' || bytes[i] == '\n').toArray();
            assertThat(Arrays.copyOf(separators.places(), count)).isEqualTo(expected);
        }
    }
}
