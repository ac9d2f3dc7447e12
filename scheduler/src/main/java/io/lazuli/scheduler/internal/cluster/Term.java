package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.Fence;

/// The time in which a scheduler leads: what it decides then is under that fence, and ends with it.
record Term(Fence fence, SchedulerShell shell) {}
