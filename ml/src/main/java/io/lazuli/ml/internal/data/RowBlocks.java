package io.lazuli.ml.internal.data;

import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.ColumnBlocks.Parts;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Transform;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Makes blocks of rows out of others. Columns that stay the same are shared, not copied.
public final class RowBlocks {
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    private static final long[] NO_CUTS = {};

    private RowBlocks() {}

    /// The features that `model` makes; target, weights and groups as they are.
    ///
    /// @param rows all of `block`
    ///
    /// Ownership: borrows `block`; the result belongs to the caller.
    public static Block transformed(Block block, BlockRows rows, Roles roles, Transform model, Reservation memory) {
        Transform.TileTransform transform = model.over(rows);
        Features features = model.output();
        List<MadeColumn> made = IntStream.range(0, features.count())
                .mapToObj(j -> features.get(j).kind() == Features.Kind.TEXT
                        ? MadeColumn.ofTexts(transform.texts(j), rows.count(), memory)
                        : MadeColumn.ofNumbers(rows.count(), memory))
                .toList();
        double[][] values = new double[made.size()][0];
        rows.forEachTile(tile -> {
            makeRoom(values, tile.length());
            transform.transform(tile, values);
            for (int j = 0; j < values.length; j++) {
                made.get(j).append(values[j], tile.length());
            }
        });
        List<Parts> columns = new ArrayList<>(ColumnBlocks.parts(block).subList(0, roles.featureStart()));
        made.forEach(column -> columns.add(column.parts()));
        return ColumnBlocks.create(block.rowCount(), columns, NO_CUTS);
    }

    /// Some features; target, weights and groups as they are.
    ///
    /// @param features their indexes
    ///
    /// Ownership: borrows `block`; the result, which shares its columns, belongs to the caller.
    public static Block selected(Block block, Roles roles, List<Integer> features) {
        List<Parts> all = ColumnBlocks.parts(block);
        List<Parts> columns = new ArrayList<>(all.subList(0, roles.featureStart()));
        features.forEach(j -> columns.add(all.get(roles.featureStart() + j)));
        return ColumnBlocks.create(block.rowCount(), columns, NO_CUTS);
    }

    private static void makeRoom(double[][] values, int length) {
        for (int j = 0; j < values.length; j++) {
            if (values[j].length < length) {
                values[j] = new double[length];
            }
        }
    }

    private static Parts numbers(Buffer buffer) {
        return new Parts(DataType.FLOAT64, null, null, buffer, null);
    }

    /// The index of its class as each row's target.
    ///
    /// @param rows all of `block`
    ///
    /// Ownership: borrows `block`; the result belongs to the caller. **Errors.** DATA if a row has no target, or one that is no class.
    public static Block classified(Block block, BlockRows rows, Classes classes, Reservation memory) {
        Buffer indexes = memory.allocate(block.rowCount() * Double.BYTES);
        int[] start = {0};
        ClassIndex index = ClassIndex.of(classes, rows.targetTexts());
        rows.forEachTile(tile -> {
            encode(tile, index);
            MemorySegment.copy(tile.target(), 0, indexes.segment(), DOUBLE, start[0] * 8L, tile.length());
            start[0] += tile.length();
        });
        List<Parts> columns = new ArrayList<>(ColumnBlocks.parts(block));
        columns.set(0, numbers(indexes));
        return ColumnBlocks.create(block.rowCount(), columns, NO_CUTS);
    }

    private static void encode(Tile tile, ClassIndex index) {
        double[] target = tile.target();
        for (int row = 0; row < tile.length(); row++) {
            int found = index.of(target[row]);
            if (found < 0) {
                throw MlErrors.missingTarget();
            }
            target[row] = found;
        }
    }
}
