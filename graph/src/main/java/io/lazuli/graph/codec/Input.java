package io.lazuli.graph.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// Reads what [Output] wrote. Trusts nothing: whatever claims to be longer than what is left is refused before anything is
/// allocated for it.
final class Input {
    private final MemorySegment source;

    /// The next byte to read, at most the source's size.
    private long position;

    Input(MemorySegment source) {
        this.source = source;
    }

    long position() {
        return position;
    }

    long remaining() {
        return source.byteSize() - position;
    }

    int nextByte() {
        return source.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xFF;
    }

    int nextInt() {
        return source.get(Layouts.INT, advance(Integer.BYTES));
    }

    long nextLong() {
        return source.get(Layouts.LONG, advance(Long.BYTES));
    }

    long nextNumber() {
        long zigzag = nextVariable();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    /// A number of things that take at least `leastBytes` each.
    int nextCount(int leastBytes) {
        return checkCount(nextVariable(), leastBytes);
    }

    private int checkCount(long count, int leastBytes) {
        if (count < 0 || count > Integer.MAX_VALUE || count * leastBytes > remaining()) {
            throw new CorruptValue("%,d things of at least %d bytes are announced, but %,d bytes are left"
                    .formatted(count, leastBytes, remaining()));
        }
        return (int) count;
    }

    /// A position in a table of `length` entries.
    int nextIndex(int length, String table) {
        long index = nextVariable();
        if (index < 0 || index >= length) {
            throw new CorruptValue("%s %,d is named, but there are %,d".formatted(table, index, length));
        }
        return (int) index;
    }

    String nextText() {
        long header = nextVariable();
        boolean wide = (header & 1) != 0;
        int length = checkCount(header >>> 1, wide ? 2 : 1);
        if (wide) {
            char[] chars = new char[length];
            fill(chars, length, Layouts.CHAR);
            return new String(chars);
        }
        byte[] bytes = new byte[length];
        fill(bytes, length, Layouts.BYTE);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// Fills a primitive array.
    void fill(Object array, int length, ValueLayout layout) {
        long start = advance(length * layout.byteSize());
        MemorySegment.copy(source, layout, start, array, 0, length);
    }

    private long nextVariable() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = nextByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new CorruptValue("a number has no end");
    }

    private long advance(long bytes) {
        if (bytes > remaining()) {
            throw new CorruptValue("%,d bytes are needed, but %,d are left".formatted(bytes, remaining()));
        }
        long start = position;
        position += bytes;
        return start;
    }
}
