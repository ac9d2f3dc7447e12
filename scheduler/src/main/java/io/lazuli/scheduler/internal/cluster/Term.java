package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.Fence;

/// The time in which a scheduler leads: what it decides then is under that fence, and ends with it.
///
/// @param journal        closed with it
/// @param endOfObservers ends those who hear of it
record Term(Fence fence, SchedulerShell shell, JobJournal journal, Runnable endOfObservers) {}
