package io.lazuli.ml.cluster;

/// How far centers were moved.
final class Moves {
    private Moves() {}

    /// The sum of the squares.
    static double shift(double[][] from, double[][] to) {
        double shift = 0;
        for (int c = 0; c < from.length; c++) {
            for (int j = 0; j < from[c].length; j++) {
                double distance = to[c][j] - from[c][j];
                shift += distance * distance;
            }
        }
        return shift;
    }
}
