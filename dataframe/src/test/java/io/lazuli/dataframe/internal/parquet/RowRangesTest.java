package io.lazuli.dataframe.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import java.util.List;

class RowRangesTest {
    private static RowRanges of(BitSet rows) {
        RowRanges ranges = RowRanges.NONE;
        for (int start = rows.nextSetBit(0); start >= 0; start = rows.nextSetBit(rows.nextClearBit(start))) {
            ranges = ranges.or(new RowRanges(new long[] {start, rows.nextClearBit(start)}));
        }
        return ranges;
    }

    private static BitSet bits(List<Integer> rows) {
        BitSet bits = new BitSet();
        rows.forEach(bits::set);
        return bits;
    }

    @Property
    void bothAndEitherAreThoseOfSets(
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> one,
            @ForAll @Size(max = 20) List<@IntRange(max = 30) Integer> other) {
        BitSet both = bits(one);
        both.and(bits(other));
        BitSet either = bits(one);
        either.or(bits(other));
        assertThat(of(bits(one)).and(of(bits(other)))).isEqualTo(of(both));
        assertThat(of(bits(one)).or(of(bits(other)))).isEqualTo(of(either));
    }

    @Property
    void takenFromTheFrontNothingIsLost(@ForAll @Size(min = 1, max = 20) List<@IntRange(max = 30) Integer> rows) {
        BitSet taken = new BitSet();
        for (RowRanges left = of(bits(rows)); !left.isEmpty(); left = left.without(1)) {
            taken.set((int) left.start());
        }
        assertThat(taken).isEqualTo(bits(rows));
    }
}
