package io.lazuli.scheduler.internal.store;

/// What a store has to know of the job whose results it keeps.
///
/// @param counters of what becomes of them on disk
/// @param format   of the values among them. Where others fetch them, one that these can read too.
public record JobStorage(SpillCounters counters, ValueFormat format) {}
