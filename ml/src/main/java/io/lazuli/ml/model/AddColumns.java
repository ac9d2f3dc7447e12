package io.lazuli.ml.model;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.ColumnBlocks.Parts;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.data.BlockRows;
import io.lazuli.ml.internal.data.MadeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Puts columns that a model makes behind others.
///
/// @param keptCount columns that stay; those after them are the features
record AddColumns(Maker maker, int keptCount) implements Operation {
    /// What a model makes.
    sealed interface Maker {
        /// The columns to be made, empty.
        List<MadeColumn> columns(Rows rows, Transform.TileTransform tiles, Reservation memory);

        /// Makes the values of all columns of a tile.
        Transform.TileTransform over(Rows rows);
    }

    @Override
    public String name() {
        return "predict";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Block block = inputs.block(0);
        Batch all = ColumnBlocks.view(block);
        Batch features = new Batch(all.rowCount(), all.columns().subList(keptCount, all.columns().size()));
        BlockRows rows = BlockRows.ofFeatures(features, context::checkCancelled);
        Transform.TileTransform tiles = maker.over(rows);
        List<MadeColumn> made = maker.columns(rows, tiles, context.memory());
        double[][] values = new double[made.size()][0];
        rows.forEachTile(tile -> {
            for (int j = 0; j < values.length; j++) {
                values[j] = values[j].length < tile.length() ? new double[tile.length()] : values[j];
            }
            tiles.transform(tile, values);
            for (int j = 0; j < values.length; j++) {
                made.get(j).append(values[j], tile.length());
            }
        });
        List<Parts> columns = new ArrayList<>(ColumnBlocks.parts(block).subList(0, keptCount));
        made.forEach(column -> columns.add(column.parts()));
        return ColumnBlocks.create(block.rowCount(), columns, new long[0]);
    }

    private static List<MadeColumn> numbers(int count, Rows rows, Reservation memory) {
        return IntStream.range(0, count).mapToObj(_ -> MadeColumn.ofNumbers(rows.count(), memory)).toList();
    }

    /// A number or a class for each row.
    record OfPredictions(Predictor model) implements Maker {
        @Override
        public List<MadeColumn> columns(Rows rows, Transform.TileTransform tiles, Reservation memory) {
            return model instanceof Classifier classifier && classifier.classes() instanceof Classes.Texts(var names)
                    ? List.of(MadeColumn.ofTexts(names, rows.count(), memory))
                    : numbers(1, rows, memory);
        }

        @Override
        public Transform.TileTransform over(Rows rows) {
            Predictor.TilePredictor predictor = model.predictor(rows);
            double[] classes = model instanceof Classifier classifier
                    && classifier.classes() instanceof Classes.Numbers(double[] numbers) ? numbers : new double[0];
            return (tile, to) -> {
                predictor.predict(tile, to[0]);
                for (int row = 0; row < tile.length() && classes.length > 0; row++) {
                    to[0][row] = classes[(int) to[0][row]];
                }
            };
        }
    }

    /// How likely each class is.
    record OfProbabilities(Classifier model) implements Maker {
        @Override
        public List<MadeColumn> columns(Rows rows, Transform.TileTransform tiles, Reservation memory) {
            return numbers(model.classes().count(), rows, memory);
        }

        @Override
        public Transform.TileTransform over(Rows rows) {
            Classifier.TileClassifier classifier = model.classifier(rows);
            return classifier::probabilities;
        }
    }

    /// Other features.
    record OfTransform(Transform model) implements Maker {
        @Override
        public List<MadeColumn> columns(Rows rows, Transform.TileTransform tiles, Reservation memory) {
            Features features = model.output();
            return IntStream.range(0, features.count())
                    .mapToObj(j -> features.get(j).kind() == Features.Kind.TEXT
                            ? MadeColumn.ofTexts(tiles.texts(j), rows.count(), memory)
                            : MadeColumn.ofNumbers(rows.count(), memory))
                    .toList();
        }

        @Override
        public Transform.TileTransform over(Rows rows) {
            return model.over(rows);
        }
    }
}
