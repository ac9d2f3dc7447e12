package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Plans;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.Rule;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.memory.Block;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A run of a frame with rules of choice. Takes its rows from the blocks, since a Tablesaw table does not carry all values.
///
/// @param rows     cells as the oracle gives them: null, Boolean, Long, Double or String
/// @param hasCodes whether a text column came as codes and a dictionary
record FrameRun(List<Object[]> rows, long spilledBytes, boolean hasCodes) {
    static FrameRun of(DataFrame frame, Engine engine, List<Rule> rules) {
        LogicalPlan plan = Optimizer.optimize(Plans.of(frame), rules).plan();
        List<Object[]> rows = new ArrayList<>();
        boolean hasCodes = false;
        try (Job job = engine.submit(Lowering.lower(plan), JobOptions.DEFAULTS)) {
            for (int partition = 0; partition < job.partitionCount(); partition++) {
                Block block = job.take(partition);
                try {
                    Batch batch = ColumnBlocks.view(block);
                    hasCodes |= batch.rowCount() > 0 && batch.columns().stream().anyMatch(Column::isCoded);
                    append(batch, rows);
                } finally {
                    block.release();
                }
            }
            return new FrameRun(rows, job.progress().spilledBytes(), hasCodes);
        }
    }

    private static void append(Batch batch, List<Object[]> rows) {
        int width = batch.columns().size();
        for (int row = 0; row < batch.rowCount(); row++) {
            Object[] cells = new Object[width];
            for (int c = 0; c < width; c++) {
                cells[c] = cell(batch.column(c), row);
            }
            rows.add(cells);
        }
    }

    private static Object cell(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.type()) {
            case DataType.Simple.BOOL -> column.booleanAt(row);
            case DataType.Simple.INT, DataType.Simple.DATE -> (long) column.intAt(row);
            case DataType.Simple.LONG, DataType.Simple.TIMESTAMP, DataType.Simple.DURATION -> column.longAt(row);
            case DataType.Simple.FLOAT64 -> column.doubleAt(row);
            case DataType.Simple.UTF8, DataType.Simple.BINARY -> column.stringAt(row);
            case DataType.Decimal(int ignored, int scale) ->
                BigDecimal.valueOf(column.longAt(row), scale).toPlainString();
        };
    }
}
