package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Predictor;

/// What a search gives little of to many candidates, and much to the few best: rows to train on, or a parameter such as a number of trees.
public sealed interface Resource {
    /// The least that a candidate gets.
    double least();

    /// What the last candidates get.
    double most();

    /// Rows to train on, in shares of all; at least `least`. They are drawn by chance, the same ones for all candidates.
    static Resource rows(double least) {
        return new OfRows(least);
    }

    /// A parameter, from the least value that makes sense to the greatest.
    static <E> Resource of(Param<E, Integer> param, int least, int most) {
        return new OfParameter<>(param, least, most);
    }

    /// A candidate that gets so much.
    <M extends Predictor> Candidate<M> give(Candidate<M> candidate, double amount);

    /// The share of the rows to train on of candidates that get so much.
    double rowShare(double amount);

    /// A share of the rows to train on.
    record OfRows(double least) implements Resource {
        public OfRows {
            if (!(least > 0 && least <= 1)) {
                throw MlErrors.badParameter("the least share of rows", least, "above 0 and at most 1");
            }
        }

        @Override
        public double most() {
            return 1;
        }

        @Override
        public <M extends Predictor> Candidate<M> give(Candidate<M> candidate, double amount) {
            return candidate;
        }

        @Override
        public double rowShare(double amount) {
            return amount;
        }
    }

    /// The value of a parameter.
    record OfParameter<E>(Param<E, Integer> param, double least, double most) implements Resource {
        public OfParameter {
            if (least < 1 || most < least) {
                throw MlErrors.badParameter("the range of " + param, least + " to " + most,
                        "at least 1, and ascending");
            }
        }

        @Override
        public <M extends Predictor> Candidate<M> give(Candidate<M> candidate, double amount) {
            return candidate.with(param, (int) Math.round(amount));
        }

        @Override
        public double rowShare(double amount) {
            return 1;
        }
    }
}
