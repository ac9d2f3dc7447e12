package io.lazuli.ml.linear;

/// What coefficients cost, so that they stay small.
public enum Penalty {
    NONE,
    /// Half of their squared length.
    L2,
    /// The sum of their absolute values, which makes many of them 0.
    L1,
    /// Some of both.
    ELASTIC_NET
}
