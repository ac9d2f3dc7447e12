/// What the processes of a cluster say to each other: records, written by [io.lazuli.graph.codec.ValueCodec].
@NullMarked
package io.lazuli.scheduler.internal.wire;

import org.jspecify.annotations.NullMarked;
