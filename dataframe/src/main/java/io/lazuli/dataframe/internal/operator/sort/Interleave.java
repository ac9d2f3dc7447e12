package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Rows picked from several batches with the same columns.
public final class Interleave {
    private Interleave() {}

    /// Row `i` of the result is row `rows[i]` of batch `from[i]`. All of it, long texts too, is in `scratch`.
    static Batch take(List<Batch> batches, int[] from, int[] rows, int count, Scratch scratch) {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < batches.getFirst().columns().size(); c++) {
            int index = c;
            Column[] sources = batches.stream().map(batch -> batch.column(index)).toArray(Column[]::new);
            columns.add(take(sources, from, rows, count, scratch));
        }
        return new Batch(count, columns);
    }

    /// As [#take(List, int[], int[], int, Scratch)], of one column.
    public static Column take(Column[] sources, int[] from, int[] rows, int count, Scratch scratch) {
        MemorySegment[] segments = new MemorySegment[sources.length];
        boolean mayHaveNulls = false;
        for (int s = 0; s < sources.length; s++) {
            segments[s] = sources[s].values();
            mayHaveNulls |= sources[s].mayHaveNulls();
        }
        MemorySegment values = scratch.values(sources[0].kind(), count);
        switch (sources[0].kind()) {
            case BOOL -> takeBits(segments, from, rows, count, values);
            case INT -> takeInts(segments, from, rows, count, values);
            case LONG, DOUBLE -> takeLongs(segments, from, rows, count, values);
            case UTF8 -> takeViews(segments, from, rows, count, values);
        }
        MemorySegment validity = mayHaveNulls ? takeValidity(sources, from, rows, count, scratch) : Column.NO_NULLS;
        MemorySegment data =
                sources[0].kind() == Kind.UTF8 ? takeData(sources, from, rows, count, values, scratch) : Column.NO_DATA;
        return new Column(sources[0].type(), count, validity, values, data);
    }

    private static MemorySegment takeValidity(Column[] sources, int[] from, int[] rows, int count, Scratch scratch) {
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

    /// Copies long texts of all sources together and makes the views refer to the copies.
    private static MemorySegment takeData(
            Column[] sources, int[] from, int[] rows, int count, MemorySegment views, Scratch scratch) {
        long byteSize = 0;
        for (int i = 0; i < count; i++) {
            byteSize += longLength(sources[from[i]], rows[i]);
        }
        if (byteSize == 0) {
            return Column.NO_DATA;
        }
        MemorySegment data = scratch.allocate(byteSize);
        long used = 0;
        for (int i = 0; i < count; i++) {
            int length = longLength(sources[from[i]], rows[i]);
            if (length > 0) {
                MemorySegment.copy(sources[from[i]].data(), Views.offset(Views.tail(views, i)), data, used, length);
                Views.set(views, i, Views.head(views, i), used << 32);
                used += length;
            }
        }
        return data;
    }

    /// The length of a text that does not fit in its view, else 0.
    private static int longLength(Column column, int row) {
        int length = Views.length(column.values(), row);
        return length > Views.INLINE && !column.isNull(row) ? length : 0;
    }
}
