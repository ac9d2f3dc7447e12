package io.lazuli.dataframe.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Damages a file in many ways and reads what comes out. Either it reads, or there is one DATA error that names the file; never
/// more than 64 MiB on the heap or off it.
public final class Mutations {
    private static final long MOST_BYTES = 64L << 20;
    private static final int[] ODD_NUMBERS = {
        0, -1, 1, 0x7F, 0x7FFF, 0x7FFFFFFF, 0x80000000, 0x10000000, 0xFFFFFF, 1 << 20
    };
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Mutations() {}

    /// Reads `count` mutations of `file`; returns how many of them were refused.
    public static int read(Path file, int count, long seed, Function<String, Source> open) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path damaged = file.resolveSibling("damaged-" + file.getFileName());
        int refused = 0;
        for (int i = 0; i < count; i++) {
            Files.write(damaged, mutated(whole, new Random(seed + i)));
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
            refused += isRefused(damaged, open, seed + i) ? 1 : 0;
            long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
            assertThat(allocated).as("heap bytes for seed %d", seed + i).isLessThan(MOST_BYTES);
        }
        Files.delete(damaged);
        return refused;
    }

    /// Metadata are at both ends of files, and so are most mutations.
    private static byte[] mutated(byte[] whole, Random random) {
        if (random.nextInt(10) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] bytes = whole.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = switch (random.nextInt(3)) {
                case 0 -> random.nextInt(bytes.length);
                case 1 -> random.nextInt(Math.min(bytes.length, 2000));
                default -> bytes.length - 1 - random.nextInt(Math.min(bytes.length, 2000));
            };
            if (random.nextInt(3) > 0 || at + 4 > bytes.length) {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            } else {
                int number = ODD_NUMBERS[random.nextInt(ODD_NUMBERS.length)];
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, number);
            }
        }
        return bytes;
    }

    private static boolean isRefused(Path file, Function<String, Source> open, long seed) {
        try {
            readAll(open.apply(file.toString()));
            return false;
        } catch (LazuliException e) {
            assertThat(e.code()).as("seed %d: %s", seed, e.getMessage()).isEqualTo(ErrorCode.DATA);
            assertThat(e.getMessage()).as("seed %d", seed).contains(file.getFileName().toString());
            return true;
        } catch (RuntimeException | Error e) {
            return fail("seed %d of %s".formatted(seed, file), e);
        }
    }

    private static void readAll(Source source) {
        List<Integer> columns = IntStream.range(0, source.schema().size()).boxed().toList();
        ScanRequest request = Scans.request(columns);
        for (Split split : source.splits(request)) {
            try (MemoryAccountant accountant = MemoryAccountant.create(MOST_BYTES);
                    Reservation memory = accountant.reserve("scan", 0)) {
                Scratch scratch = new Scratch(memory);
                try (BatchReader reader = source.open(split, request, scratch)) {
                    readFirst(reader, scratch);
                }
            }
        }
    }

    /// A file may claim as many rows without values as it likes: a million of them are enough.
    private static void readFirst(BatchReader reader, Scratch scratch) {
        int left = 250;
        for (Optional<Batch> batch = reader.next(); batch.isPresent() && left > 0; batch = reader.next(), left--) {
            if (left > 240) {
                TestColumns.rows(batch.get());
            }
            scratch.reset();
        }
    }
}
