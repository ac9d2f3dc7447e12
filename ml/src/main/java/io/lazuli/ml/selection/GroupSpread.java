package io.lazuli.ml.selection;

/// Folds while groups are put into them, one by one.
final class GroupSpread {
    /// Differences of spreads that count as none; relative, and absolute.
    private static final double RELATIVE = 1e-5;
    private static final double ABSOLUTE = 1e-8;

    private final double[] classSizes;
    /// By fold, then class.
    private final double[][] folds;

    GroupSpread(int foldCount, double[] classSizes) {
        this.classSizes = classSizes;
        this.folds = new double[foldCount][classSizes.length];
    }

    /// Puts a group into the fold where classes are spread best with it, and of several the one with the fewest rows.
    ///
    /// @param group rows of each class
    int add(double[] group) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        double fewest = Double.POSITIVE_INFINITY;
        for (int fold = 0; fold < folds.length; fold++) {
            addTo(folds[fold], group, 1);
            double spread = spread();
            addTo(folds[fold], group, -1);
            double rows = sum(folds[fold]);
            boolean isAlike = Math.abs(spread - least) <= ABSOLUTE + RELATIVE * Math.abs(least);
            if (spread < least || isAlike && rows < fewest) {
                best = fold;
                least = spread;
                fewest = rows;
            }
        }
        addTo(folds[best], group, 1);
        return best;
    }

    private static void addTo(double[] fold, double[] group, int sign) {
        for (int c = 0; c < fold.length; c++) {
            fold[c] += sign * group[c];
        }
    }

    /// The mean over classes of how far the folds' shares differ.
    private double spread() {
        double total = 0;
        double[] shares = new double[folds.length];
        for (int c = 0; c < classSizes.length; c++) {
            for (int fold = 0; fold < shares.length; fold++) {
                shares[fold] = folds[fold][c] / classSizes[c];
            }
            total += deviation(shares);
        }
        return total / classSizes.length;
    }

    /// The standard deviation.
    static double deviation(double[] values) {
        double mean = sum(values) / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
