package io.lazuli.dataframe.internal.operator.sort;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.key.CommonCodes;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One column of several runs, from which rows are taken into one. Where all runs have it coded and have few texts, it stays coded.
final class MergedColumn {
    /// Entries of all runs' dictionaries: more are not worth looking up once for each range of rows.
    private static final int MOST_ENTRIES = 1 << 16;

    private final Column[] sources;
    private final Optional<CommonCodes> codes;
    /// Those of the sources, where they have common ones.
    private final MemorySegment[] ownCodes;

    private MergedColumn(Column[] sources, Optional<CommonCodes> codes) {
        this.sources = sources;
        this.codes = codes;
        this.ownCodes = codes.isPresent()
                ? Arrays.stream(sources).map(Column::codes).toArray(MemorySegment[]::new)
                : new MemorySegment[0];
    }

    /// The columns of these runs.
    static List<MergedColumn> of(Reservation memory, List<Batch> runs) {
        return IntStream.range(0, runs.getFirst().columns().size())
                .mapToObj(c -> of(memory, runs.stream().map(run -> run.column(c)).toArray(Column[]::new)))
                .toList();
    }

    private static MergedColumn of(Reservation memory, Column[] sources) {
        return new MergedColumn(sources, CommonCodes.of(memory, Arrays.asList(sources), MOST_ENTRIES));
    }

    /// Row `i` of the result is row `rows[i]` of run `from[i]`.
    Column take(int[] from, int[] rows, int count, Scratch scratch) {
        if (codes.isEmpty()) {
            return Interleave.take(sources, from, rows, count, scratch);
        }
        MemorySegment taken = scratch.values(Kind.INT, count);
        codes.get().take(ownCodes, from, rows, count, taken);
        MemorySegment validity = Interleave.takeValidity(sources, from, rows, count, scratch);
        return Column.coded(
                sources[0].type(), count, validity, taken, codes.get().dictionary(), scratch);
    }
}
