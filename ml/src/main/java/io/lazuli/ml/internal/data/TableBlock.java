package io.lazuli.ml.internal.data;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.memory.Block;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A small table that is there already, as a block.
public record TableBlock(List<Column> columns) implements Operation {
    /// A column of numbers or of texts.
    ///
    /// @param texts what numbers stand for; empty if they are numbers
    public record Column(String name, double[] values, Optional<List<String>> texts) {
        /// NaN stays NaN.
        public static Column ofNumbers(String name, double... values) {
            return new Column(name, values, Optional.empty());
        }

        /// What is empty is null.
        public static Column ofTexts(String name, List<Optional<String>> values) {
            List<String> texts = values.stream().flatMap(Optional::stream).distinct().toList();
            double[] numbers = values.stream()
                    .mapToDouble(value -> value.map(text -> (double) texts.indexOf(text)).orElse(Double.NaN))
                    .toArray();
            return new Column(name, numbers, Optional.of(texts));
        }

        private Field field() {
            return new Field(name, texts.isPresent() ? DataType.UTF8 : DataType.FLOAT64);
        }
    }

    /// The table as a frame.
    ///
    /// @param columns all as long
    public static DataFrame frame(List<Column> columns, String name) {
        Layer layer = Layer.of(new TableBlock(columns), 1, List.of(), name);
        Schema schema = new Schema(columns.stream().map(Column::field).toList());
        return DataFrame.of(Upstream.of(TaskGraph.of(List.of(layer)), Set.of()), schema, name);
    }

    @Override
    public String name() {
        return "table";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        int rowCount = columns.getFirst().values.length;
        List<ColumnBlocks.Parts> parts = columns.stream().map(column -> {
            MadeColumn made = column.texts
                    .map(texts -> MadeColumn.ofTexts(texts, rowCount, context.memory()))
                    .orElseGet(() -> MadeColumn.ofNumbers(rowCount, context.memory()));
            made.append(column.values, rowCount);
            return made.parts();
        }).toList();
        return ColumnBlocks.create(rowCount, parts, new long[0]);
    }

    @Override
    public String toString() {
        return "TableBlock" + Arrays.toString(columns.stream().map(Column::name).toArray());
    }
}
