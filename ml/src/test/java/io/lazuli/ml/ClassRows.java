package io.lazuli.ml;

import io.lazuli.dataframe.DataFrame;

/// Rows of classes, for tests of classifiers.
public final class ClassRows {
    private ClassRows() {}

    /// Rows whose class depends on features, but not on them alone.
    public static TestRows random(int classCount) {
        TestRows rows = TestRows.random(120, 4, 7);
        double[] target = new double[rows.rowCount()];
        for (int row = 0; row < target.length; row++) {
            double score = rows.get("f0")[row] - 0.5 * rows.get("f1")[row] + rows.get("f3")[row] * 0.3;
            target[row] = (int) Math.clamp(score + (row * 37 % 11 - 5) * 0.3 + classCount / 2.0, 0, classCount - 1);
        }
        return rows.with("y", target);
    }

    /// A data set of scikit-learn.
    public static Dataset fixture(String name, int partitions) {
        DataFrame frame = Fixtures.frame(name);
        Dataset data = Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withTarget("y");
        return frame.schema().find("fold").isPresent() ? data.withGroups("fold") : data;
    }

    /// Rows of classes 0 to 3 in two folds, of which the second has none of class 2: whoever learns from it knows of a class that it has not
    /// seen.
    public static Dataset withAbsentClass() {
        TestRows rows = random(4);
        double[] target = rows.get("y");
        double[] fold = new double[target.length];
        for (int row = 0; row < fold.length; row++) {
            fold[row] = target[row] == 2 ? 0 : row % 2;
        }
        return Dataset.of(rows.with("fold", fold).frame()).withTarget("y").withGroups("fold");
    }
}
