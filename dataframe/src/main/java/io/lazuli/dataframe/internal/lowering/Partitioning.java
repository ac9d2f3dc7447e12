package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.Pipeline.Step;
import io.lazuli.dataframe.internal.physical.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Where the rows of a pipeline are: in the partition that the hash of these columns, in this order, says. Rows that are equal
/// there are so in one partition, and what groups or joins by them, and maybe by more, needs no exchange.
///
/// ```
///   aggregate by zone, day  ══exchange══▶ hash(zone, day) ──▶ aggregate by zone, day, hour: nothing moves
///                                                         ──▶ aggregate by zone: rows move
/// ```
record Partitioning(List<Integer> columns) {
    Partitioning {
        columns = List.copyOf(columns);
    }

    /// The same rows after a step, if the columns are still there.
    Optional<Partitioning> after(Step step) {
        return switch (step) {
            case Pipeline.Filter ignored -> Optional.of(this);
            case Pipeline.Head ignored -> Optional.of(this);
            case Pipeline.RandomKeys ignored -> Optional.of(this);
            case Pipeline.MapRows ignored -> Optional.empty();
            case Pipeline.Unpivot ignored -> Optional.empty();
            case Pipeline.Project(var expressions) -> moved(column -> positionIn(expressions, column));
            // tables that many tasks share are looked up by left rows, which stay where they are
            case Pipeline.Probe probe -> moved(probe.matching().leftColumns()::indexOf);
        };
    }

    /// @param position of a column, -1 where it is gone
    Optional<Partitioning> moved(IntUnaryOperator position) {
        List<Integer> positions = new ArrayList<>();
        for (int column : columns) {
            int moved = position.applyAsInt(column);
            if (moved < 0) {
                return Optional.empty();
            }
            positions.add(moved);
        }
        return Optional.of(new Partitioning(positions));
    }

    private static int positionIn(List<BoundExpr> expressions, int column) {
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof BoundExpr.Input(int index, var ignored) && index == column) {
                return i;
            }
        }
        return -1;
    }
}
