package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Rows of one column picked from several sources.
public final class Interleave {
    private Interleave() {}

    /// Row `i` of the result is row `rows[i]` of source `from[i]`. All of it, long texts too, is in `scratch`. Coded columns become
    /// texts.
    public static Column take(Column[] sources, int[] from, int[] rows, int count, Scratch scratch) {
        MemorySegment[] segments = new MemorySegment[sources.length];
        for (int s = 0; s < sources.length; s++) {
            segments[s] = sources[s].entries();
        }
        MemorySegment values = scratch.values(sources[0].kind(), count);
        switch (sources[0].kind()) {
            case BOOL -> takeBits(segments, from, rows, count, values);
            case INT -> takeInts(segments, from, rows, count, values);
            case LONG, DOUBLE -> takeLongs(segments, from, rows, count, values);
            case UTF8 -> takeViews(segments, from, entries(sources, from, rows, count), count, values);
        }
        MemorySegment validity = takeValidity(sources, from, rows, count, scratch);
        MemorySegment data =
                sources[0].kind() == Kind.UTF8 ? takeData(sources, from, rows, count, values, scratch) : Column.NO_DATA;
        return new Column(sources[0].type(), count, validity, values, data);
    }

    /// [Column#NO_NULLS] where no source has nulls.
    static MemorySegment takeValidity(Column[] sources, int[] from, int[] rows, int count, Scratch scratch) {
        if (Arrays.stream(sources).noneMatch(Column::mayHaveNulls)) {
            return Column.NO_NULLS;
        }
        MemorySegment validity = scratch.bits(count);
        for (int i = 0; i < count; i++) {
            Bits.set(validity, i, !sources[from[i]].isNull(rows[i]));
        }
        return validity;
    }

    private static void takeBits(MemorySegment[] sources, int[] from, int[] rows, int count, MemorySegment values) {
        for (int i = 0; i < count; i++) {
            Bits.set(values, i, Bits.get(sources[from[i]], rows[i]));
        }
    }

    private static void takeInts(MemorySegment[] sources, int[] from, int[] rows, int count, MemorySegment values) {
        for (int i = 0; i < count; i++) {
            values.set(Layouts.INT, i * 4L, sources[from[i]].get(Layouts.INT, rows[i] * 4L));
        }
    }

    private static void takeLongs(MemorySegment[] sources, int[] from, int[] rows, int count, MemorySegment values) {
        for (int i = 0; i < count; i++) {
            values.set(Layouts.LONG, i * 8L, sources[from[i]].get(Layouts.LONG, rows[i] * 8L));
        }
    }

    private static void takeViews(MemorySegment[] sources, int[] from, int[] rows, int count, MemorySegment views) {
        for (int i = 0; i < count; i++) {
            MemorySegment source = sources[from[i]];
            Views.set(views, i, Views.head(source, rows[i]), Views.tail(source, rows[i]));
        }
    }

    /// Where each text stands in its source.
    private static int[] entries(Column[] sources, int[] from, int[] rows, int count) {
        if (Arrays.stream(sources).noneMatch(Column::isCoded)) {
            return rows;
        }
        int[] entries = new int[count];
        for (int i = 0; i < count; i++) {
            entries[i] = sources[from[i]].entry(rows[i]);
        }
        return entries;
    }

    /// Copies long texts of all sources together and makes the views refer to the copies.
    private static MemorySegment takeData(
            Column[] sources, int[] from, int[] rows, int count, MemorySegment views, Scratch scratch) {
        long byteSize = 0;
        for (int i = 0; i < count; i++) {
            byteSize += longLength(views, i, sources[from[i]], rows[i]);
        }
        if (byteSize == 0) {
            return Column.NO_DATA;
        }
        MemorySegment data = scratch.allocate(byteSize);
        long used = 0;
        for (int i = 0; i < count; i++) {
            int length = longLength(views, i, sources[from[i]], rows[i]);
            if (length > 0) {
                MemorySegment.copy(sources[from[i]].data(), Views.offset(Views.tail(views, i)), data, used, length);
                Views.set(views, i, Views.head(views, i), used << 32);
                used += length;
            }
        }
        return data;
    }

    /// The length of a text that does not fit in its view, else 0.
    private static int longLength(MemorySegment views, int view, Column source, int row) {
        int length = Views.length(views, view);
        return length > Views.INLINE && !source.isNull(row) ? length : 0;
    }
}
