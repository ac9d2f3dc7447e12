package io.lazuli.ml.internal.data;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Rows of a block of columns.
public final class BlockRows implements Rows {
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    private final Batch columns;
    private final Roles roles;
    /// Null if all take part.
    private final int @Nullable [] selected;
    private final Runnable checkCancelled;
    private final int featureCount;
    /// By column; those that somebody has looked at.
    private final Map<Integer, CodedTexts> coded = new HashMap<>();

    /// @param selected       indexes of rows, ascending; null for all
    /// @param checkCancelled called before each tile
    BlockRows(Batch columns, Roles roles, int @Nullable [] selected, Runnable checkCancelled) {
        this(columns, roles, selected, checkCancelled, columns.columns().size() - roles.featureStart());
    }

    private BlockRows(
            Batch columns, Roles roles, int @Nullable [] selected, Runnable checkCancelled, int featureCount) {
        this.featureCount = featureCount;
        this.columns = columns;
        this.roles = roles;
        this.selected = selected;
        this.checkCancelled = checkCancelled;
    }

    @Override
    public int count() {
        return selected == null ? columns.rowCount() : selected.length;
    }

    @Override
    public int featureCount() {
        return featureCount;
    }

    /// The same rows for those who look at targets, weights and groups only.
    public BlockRows withoutFeatures() {
        return new BlockRows(columns, roles, selected, checkCancelled, 0);
    }

    /// The fold of each row of the partition: none for those that do not take part.
    ///
    /// @param of the folds of those that do
    public Folds folds(short[] of) {
        if (selected == null) {
            return new Folds(of);
        }
        short[] all = new short[columns.rowCount()];
        Arrays.fill(all, (short) -1);
        for (int i = 0; i < selected.length; i++) {
            all[selected[i]] = of[i];
        }
        return new Folds(all);
    }

    @Override
    public List<String> texts(int feature) {
        return textsOf(roles.featureStart() + feature);
    }

    @Override
    public List<String> targetTexts() {
        return roles.hasTarget() ? textsOf(roles.target()) : List.of();
    }

    @Override
    public List<String> groupTexts() {
        return roles.hasGroups() ? textsOf(roles.groups()) : List.of();
    }

    private List<String> textsOf(int column) {
        return columns.column(column).kind() == Kind.UTF8 ? codes(column).texts() : List.of();
    }

    private CodedTexts codes(int column) {
        return coded.computeIfAbsent(column, index -> CodedTexts.of(columns.column(index)));
    }

    @Override
    public void forEachTile(Consumer<Tile> action) {
        int count = count();
        FilledTile tile = new FilledTile(Math.max(1, count), featureCount(), roles);
        for (int start = 0; start < count; start += tile.capacity()) {
            checkCancelled.run();
            int length = Math.min(tile.capacity(), count - start);
            tile.resize(length);
            for (int j = 0; j < tile.featureCount(); j++) {
                load(roles.featureStart() + j, start, length, tile.feature(j));
            }
            if (roles.hasTarget()) {
                load(roles.target(), start, length, tile.target());
            }
            if (roles.hasWeights()) {
                load(roles.weights(), start, length, tile.weights());
            }
            if (roles.hasGroups()) {
                load(roles.groups(), start, length, tile.groups());
            }
            action.accept(tile);
        }
    }

    private void load(int index, int start, int length, double[] into) {
        Column column = columns.column(index);
        if (column.kind() == Kind.UTF8) {
            loadCodes(codes(index).codes(), start, length, into);
        } else {
            loadNumbers(column.values(), start, length, into);
        }
    }

    private void loadNumbers(MemorySegment values, int start, int length, double[] into) {
        if (selected == null) {
            MemorySegment.copy(values, DOUBLE, start * 8L, into, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            into[i] = values.get(DOUBLE, selected[start + i] * 8L);
        }
    }

    private void loadCodes(int[] codes, int start, int length, double[] into) {
        for (int i = 0; i < length; i++) {
            int code = codes[selected == null ? start + i : selected[start + i]];
            into[i] = code == CodedTexts.MISSING ? Double.NaN : code;
        }
    }
}
