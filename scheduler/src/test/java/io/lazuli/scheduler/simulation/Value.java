package io.lazuli.scheduler.simulation;

/// A result, as far as a simulation is concerned.
record Value(long checksum, long rows, long bytes) {}
