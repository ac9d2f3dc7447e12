package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Slicing;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// Where the bytes of each slice lie in a segment, each stretch of them under a checksum of its own: so a slice can be sent and
/// verified alone. What all slices need, such as a dictionary, is under the checksums of its sections only.
///
/// As numbers: the number of slices, then for each buffer how many stretches follow, none or one for each slice, and of each its first
/// byte and the byte after its last in the buffer, and its CRC32C. No numbers at all if nothing is known of the slices.
///
/// @param stretches of each buffer, as above
record SliceIndex(int sliceCount, List<long[]> stretches) implements Slicing {
    /// A segment of which nothing is known, or whose slices are not worth to be told apart.
    static final SliceIndex NONE = new SliceIndex(0, List.of());

    private static final int NUMBERS = 3;
    /// Part of a block's bytes that its index may take at most: 1 / 8.
    private static final int LARGEST_SHARE = 8;

    /// Ownership: borrows `columns`. Cost: reads all that is not shared.
    static SliceIndex of(Block columns) {
        int slices = columns.sliceCount();
        long numbers = (long) slices * NUMBERS * columns.buffers().size();
        if (slices < 2 || numbers * Long.BYTES > columns.byteSize() / LARGEST_SHARE) {
            return NONE;
        }
        List<long[]> stretches = new ArrayList<>();
        List<long[]> extents = columns.extents();
        for (int b = 0; b < extents.size(); b++) {
            stretches.add(checked(columns.buffers().get(b).segment(), extents.get(b)));
        }
        return stretches.stream().allMatch(all -> all.length == 0) ? NONE : new SliceIndex(slices, stretches);
    }

    private static long[] checked(MemorySegment buffer, long[] extents) {
        long[] stretches = new long[extents.length / 2 * NUMBERS];
        for (int s = 0; s < extents.length / 2; s++) {
            long start = extents[2 * s];
            long end = extents[2 * s + 1];
            stretches[NUMBERS * s] = start;
            stretches[NUMBERS * s + 1] = end;
            stretches[NUMBERS * s + 2] = checksum(buffer.asSlice(start, end - start));
        }
        return stretches;
    }

    private static long checksum(MemorySegment bytes) {
        CRC32C checksum = new CRC32C();
        long position = 0;
        while (position < bytes.byteSize()) {
            long piece = Math.min(bytes.byteSize() - position, SegmentWriter.LARGEST_PIECE);
            checksum.update(bytes.asSlice(position, piece).asByteBuffer());
            position += piece;
        }
        return checksum.getValue();
    }

    long[] numbers() {
        if (isNone()) {
            return new long[0];
        }
        List<long[]> parts = new ArrayList<>(List.of(new long[] {sliceCount}));
        for (long[] of : stretches) {
            parts.add(new long[] {of.length / NUMBERS});
            parts.add(of);
        }
        return parts.stream().flatMapToLong(Arrays::stream).toArray();
    }

    /// @param bufferBytes how long each buffer is
    /// @param slices      how many there are by the cuts
    ///
    /// Errors: DamagedFileException if the numbers do not fit to these.
    static SliceIndex of(long[] numbers, long[] bufferBytes, int slices) throws DamagedFileException {
        if (numbers.length == 0) {
            return NONE;
        }
        DamagedFileException.unless(numbers[0] == slices, "its index is of " + numbers[0] + " slices");
        List<long[]> stretches = new ArrayList<>();
        int at = 1;
        for (long bytes : bufferBytes) {
            long count = at < numbers.length ? numbers[at++] : -1;
            boolean fits = (count == 0 || count == slices) && count * NUMBERS <= numbers.length - at;
            DamagedFileException.unless(fits, "its index of slices is cut short");
            long[] of = new long[(int) count * NUMBERS];
            System.arraycopy(numbers, at, of, 0, of.length);
            at += of.length;
            for (int s = 0; s < count; s++) {
                boolean isInside = of[NUMBERS * s] >= 0 && of[NUMBERS * s] <= of[NUMBERS * s + 1]
                        && of[NUMBERS * s + 1] <= bytes;
                DamagedFileException.unless(isInside, "slice " + s + " lies outside of its buffer");
            }
            stretches.add(of);
        }
        DamagedFileException.unless(at == numbers.length, "something follows its index of slices");
        return new SliceIndex(slices, stretches);
    }

    boolean isNone() {
        return stretches.isEmpty();
    }

    /// True if every slice needs all of the buffer.
    boolean isShared(int buffer) {
        return stretches.get(buffer).length == 0;
    }

    /// What the slice needs of a buffer that is not shared, where the buffer starts at `offset`.
    Preamble.Section stretch(int buffer, int slice, long offset) {
        long[] of = stretches.get(buffer);
        long start = of[NUMBERS * slice];
        return new Preamble.Section(offset + start, of[NUMBERS * slice + 1] - start, of[NUMBERS * slice + 2]);
    }

    @Override
    public List<long[]> extents(Block block) {
        if (isNone()) {
            return UNKNOWN.extents(block);
        }
        List<long[]> extents = new ArrayList<>();
        for (long[] of : stretches) {
            long[] without = new long[of.length / NUMBERS * 2];
            for (int s = 0; s < of.length / NUMBERS; s++) {
                without[2 * s] = of[NUMBERS * s];
                without[2 * s + 1] = of[NUMBERS * s + 1];
            }
            extents.add(without);
        }
        return extents;
    }
}
