package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.Evaluator;
import io.lazuli.dataframe.internal.kernel.Selection;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Looks for rows of interest in the columns of a predicate alone, so that the other columns of a batch without any are never decoded,
/// and pages that lie within such batches not even decompressed.
///
/// ```
///   id = 7         id     ████ ████ ████ ████      decoded: all
///                  text   .... .... ████ ....      the batch that has a 7
/// ```
///
/// It gives up on a row group where most batches have rows of interest: then it only costs.
final class EarlyFilter {
    /// Batches after which it asks whether it pays.
    private static final int TRIAL = 16;

    /// Places of the predicate's columns among those requested.
    private final List<Integer> places;
    private final Evaluator predicate;
    private final Selection selection = new Selection();
    private int tried;
    private int passedOver;

    private EarlyFilter(List<Integer> places, Evaluator predicate) {
        this.places = places;
        this.predicate = predicate;
    }

    /// Empty where the predicate looks at every column.
    static Optional<EarlyFilter> of(BoundExpr predicate, int columnCount, Reservation memory) {
        List<Integer> places = List.copyOf(BoundExprs.inputs(predicate));
        if (places.isEmpty() || places.size() == columnCount) {
            return Optional.empty();
        }
        List<Integer> moved = new ArrayList<>(Collections.nCopies(columnCount, -1));
        for (int i = 0; i < places.size(); i++) {
            moved.set(places.get(i), i);
        }
        return Optional.of(
                new EarlyFilter(places, Evaluator.create(BoundExprs.moveInputs(predicate, moved), memory)));
    }

    void startRowGroup() {
        tried = 0;
        passedOver = 0;
    }

    boolean pays() {
        return tried < TRIAL || passedOver >= tried / 4;
    }

    /// The predicate's columns in these rows, by place, or empty if no row is of interest.
    Optional<List<Optional<Column>>> read(ScannedColumns columns, long start, int count, Scratch scratch) {
        List<Optional<Column>> found = new ArrayList<>(Collections.nCopies(columns.count(), Optional.empty()));
        List<Column> inputs = new ArrayList<>();
        for (int place : places) {
            Column column = columns.read(place, start, count, scratch);
            found.set(place, Optional.of(column));
            inputs.add(column);
        }
        selection.select(predicate.evaluate(new Batch(count, inputs), scratch));
        tried++;
        passedOver += selection.count() == 0 ? 1 : 0;
        return selection.count() == 0 ? Optional.empty() : Optional.of(found);
    }
}
