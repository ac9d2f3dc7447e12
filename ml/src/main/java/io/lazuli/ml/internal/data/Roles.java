package io.lazuli.ml.internal.data;

/// Which columns of a partition are no features. They come first: target, weights, groups, as far as there are any.
public record Roles(boolean hasTarget, boolean hasWeights, boolean hasGroups) {
    public static final Roles NONE = new Roles(false, false, false);

    /// Where the features begin.
    public int featureStart() {
        return (hasTarget ? 1 : 0) + (hasWeights ? 1 : 0) + (hasGroups ? 1 : 0);
    }

    int target() {
        return 0;
    }

    int weights() {
        return hasTarget ? 1 : 0;
    }

    int groups() {
        return featureStart() - 1;
    }
}
