package io.lazuli.ml.metrics;

import io.lazuli.ml.internal.numeric.WeightedValues;
import java.util.ArrayList;
import java.util.List;

/// Many numbers in sorted runs, each less than half as long as the one before, so that a number is merged a few times only.
record Runs(ArrayList<WeightedValues> all) {
    static Runs none() {
        return new Runs(new ArrayList<>());
    }

    void add(WeightedValues run) {
        WeightedValues last = run;
        while (!all.isEmpty() && all.getLast().count() < 2 * last.count()) {
            last = WeightedValues.merge(all.removeLast(), last);
        }
        if (last.count() > 0) {
            all.add(last);
        }
    }

    WeightedValues total() {
        return all.reversed().stream().reduce(WeightedValues.NONE, WeightedValues::merge);
    }

    /// The numbers of both. Changes neither.
    static Runs merge(Runs left, Runs right) {
        WeightedValues total = WeightedValues.merge(left.total(), right.total());
        return new Runs(new ArrayList<>(total.count() == 0 ? List.of() : List.of(total)));
    }
}
