package io.lazuli.ml.internal.summary;

import java.util.List;

/// Which quantiles are asked for.
public sealed interface Wanted {
    /// Shares of the rows that are below, ascending, from 0 to 1.
    ///
    /// @param rows how many there are, also with missing values
    double[] shares(double rows);

    /// These.
    record These(List<Double> shares) implements Wanted {
        public These {
            shares = List.copyOf(shares);
        }

        @Override
        public double[] shares(double rows) {
            return shares.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /// As many as there are rows, up to a number, at equal distances.
    record Evenly(int most) implements Wanted {
        @Override
        public double[] shares(double rows) {
            double[] shares = new double[(int) Math.clamp(Math.floor(rows), 1, most)];
            double step = shares.length == 1 ? 0 : 1.0 / (shares.length - 1);
            for (int i = 0; i < shares.length; i++) {
                shares[i] = i * step;
            }
            shares[shares.length - 1] = shares.length == 1 ? 0 : 1;
            return shares;
        }
    }
}
