package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// Hashes of values for users: the same on every machine and in every version. Equal values have equal hashes (NaN has one, both
/// zeros have the same, an INT and a LONG too), and null has one of its own.
///
/// Source of the mixer: David Stafford's "Mix13", http://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html.
public final class HashKernels {
    private static final long NULL = 0x9E3779B97F4A7C15L;

    private HashKernels() {}

    /// Mixes the values of a column into hashes, one a row.
    public static void add(Column column, MemorySegment hashes) {
        switch (column.kind()) {
            case BOOL -> addBooleans(column, hashes);
            case INT -> addInts(column, hashes);
            case LONG -> addLongs(column, hashes);
            case DOUBLE -> addDoubles(column, hashes);
            case UTF8 -> addTexts(column, hashes);
        }
    }

    private static void addBooleans(Column column, MemorySegment hashes) {
        for (int row = 0; row < column.length(); row++) {
            mix(hashes, row, column.isNull(row) ? NULL : Bits.get(column.values(), row) ? 1 : 0);
        }
    }

    private static void addInts(Column column, MemorySegment hashes) {
        for (int row = 0; row < column.length(); row++) {
            mix(hashes, row, column.isNull(row) ? NULL : column.intAt(row));
        }
    }

    private static void addLongs(Column column, MemorySegment hashes) {
        for (int row = 0; row < column.length(); row++) {
            mix(hashes, row, column.isNull(row) ? NULL : column.longAt(row));
        }
    }

    private static void addDoubles(Column column, MemorySegment hashes) {
        for (int row = 0; row < column.length(); row++) {
            mix(hashes, row, column.isNull(row) ? NULL : Double.doubleToLongBits(column.doubleAt(row) + 0.0));
        }
    }

    private static void addTexts(Column column, MemorySegment hashes) {
        for (int row = 0; row < column.length(); row++) {
            mix(hashes, row, column.isNull(row) ? NULL : of(column, row));
        }
    }

    private static void mix(MemorySegment hashes, int row, long value) {
        hashes.set(Layouts.LONG, row * 8L, mix(hashes.get(Layouts.LONG, row * 8L) * 31 + mix(value + NULL)));
    }

    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /// The hash of a text that is not null.
    static long of(Column text, int row) {
        MemorySegment bytes = Views.bytes(text.values(), row, text.data());
        long at = Views.start(text.values(), row);
        long end = at + Views.length(text.values(), row);
        long hash = Views.length(text.values(), row);
        for (; at + 8 <= end; at += 8) {
            hash = mix(hash ^ bytes.get(Layouts.LONG, at));
        }
        long rest = 0;
        for (long last = end - 1; last >= at; last--) {
            rest = rest << 8 | bytes.get(Layouts.BYTE, last) & 0xFF;
        }
        return mix(hash ^ rest);
    }
}
