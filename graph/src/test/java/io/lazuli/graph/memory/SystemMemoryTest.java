package io.lazuli.graph.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.memory.SystemMemory.Slab;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SystemMemoryTest {
    private static final long MEBIBYTE = 1 << 20;

    static Stream<SystemMemory> ways() {
        return Stream.concat(Stream.of(SystemMemory::inArena), MappedPages.find().stream());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void slabsAreZeroAlignedAndWritableToTheLastByte(SystemMemory memory) {
        for (long size : new long[] {MEBIBYTE, 5 * MEBIBYTE, 80 << 10}) {
            Slab slab = memory.allocate(size);
            MemorySegment segment = slab.segment();
            assertThat(segment.byteSize()).isEqualTo(size);
            assertThat(segment.address() % BufferPool.ALIGNMENT).isZero();
            assertThat(segment.mismatch(MemorySegment.ofArray(new byte[(int) size]))).isEqualTo(-1);
            segment.fill((byte) 7);
            assertThat(segment.get(ValueLayout.JAVA_BYTE, size - 1)).isEqualTo((byte) 7);
            slab.free().run();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void mappedPagesGoBackToTheSystemAtOnce() throws IOException {
        SystemMemory memory = MappedPages.find().orElseThrow();
        long before = anonymousBytes();
        Slab slab = memory.allocate(64 * MEBIBYTE);
        slab.segment().fill((byte) 1);
        long touched = anonymousBytes();
        slab.free().run();

        assertThat(touched - before).isGreaterThan(56 * MEBIBYTE);
        assertThat(touched - anonymousBytes()).isGreaterThan(56 * MEBIBYTE);
    }

    private static long anonymousBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }
}
