package io.lazuli.ml;

/// Rows to train on, and others to test on.
public record Split(Dataset train, Dataset test) {}
