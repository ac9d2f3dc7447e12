/// The shells of a cluster: a scheduler, its workers and its clients, each in a process of its own, around the same cores as in a
/// local engine. Nothing is decided here.
@NullMarked
package io.lazuli.scheduler.internal.cluster;

import org.jspecify.annotations.NullMarked;
