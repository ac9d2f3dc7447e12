package io.lazuli.ml.internal.fit;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Which classes a target has.
public record ClassCounts() implements Fit<Boolean, ClassCounts.Found, Classes> {
    /// More are no classes.
    private static final int MOST = 10_000;

    /// One of the two is empty.
    record Found(TreeSet<String> texts, TreeSet<Double> numbers) {}

    @Override
    public String name() {
        return "classes";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public boolean takesTexts() {
        return true;
    }

    @Override
    public Boolean start(Shape shape) {
        return true;
    }

    @Override
    public Found pass(Boolean state, Rows rows) {
        TreeSet<Double> numbers = new TreeSet<>();
        double[] last = {Double.NaN};
        rows.forEachTile(tile -> {
            for (int row = 0; row < tile.length(); row++) {
                double value = tile.target()[row];
                if (value != last[0]) {
                    add(value, numbers);
                    last[0] = value;
                }
            }
        });
        List<String> texts = rows.targetTexts();
        if (texts.isEmpty()) {
            return new Found(new TreeSet<>(), numbers);
        }
        TreeSet<String> seen = new TreeSet<>();
        numbers.forEach(index -> seen.add(texts.get(index.intValue())));
        return new Found(seen, new TreeSet<>());
    }

    private static void add(double value, TreeSet<Double> numbers) {
        if (Double.isNaN(value)) {
            throw MlErrors.missingTarget();
        }
        numbers.add(value + 0.0);
        if (numbers.size() > MOST) {
            throw MlErrors.tooManyClasses(MOST);
        }
    }

    @Override
    public Found merge(Found left, Found right) {
        TreeSet<String> texts = new TreeSet<>(left.texts);
        texts.addAll(right.texts);
        TreeSet<Double> numbers = new TreeSet<>(left.numbers);
        numbers.addAll(right.numbers);
        return new Found(texts, numbers);
    }

    @Override
    public Step<Boolean, Classes> next(Boolean state, Found sum) {
        int count = sum.texts.size() + sum.numbers.size();
        if (count > MOST) {
            throw MlErrors.tooManyClasses(MOST);
        }
        return new Step.Done<>(
                sum.texts.isEmpty()
                        ? new Classes.Numbers(sum.numbers.stream().mapToDouble(Double::doubleValue).toArray())
                        : new Classes.Texts(new ArrayList<>(sum.texts)));
    }
}
