package io.lazuli.ml.internal.data;

/// Which rows take part, by the fold that each row is in.
public record FoldSelection(Rule rule, int fold) {
    /// How a row's fold compares with the one that is named.
    public enum Rule {
        /// The rows to test on.
        EQUAL,
        /// The rows to train on.
        OTHER,
        /// The rows to train on where time counts.
        BEFORE
    }

    boolean takes(int of) {
        return switch (rule) {
            case EQUAL -> of == fold;
            case OTHER -> of != fold && of >= 0;
            case BEFORE -> of < fold && of >= 0;
        };
    }
}
