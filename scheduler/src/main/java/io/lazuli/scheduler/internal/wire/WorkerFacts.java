package io.lazuli.scheduler.internal.wire;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import java.util.Objects;

/// Who a worker is.
///
/// @param name        what people call it, such as `host-1:4711`
/// @param host        where it gives results to others
/// @param memoryBytes most bytes of data outside its heap
public record WorkerFacts(
        String name, String host, int port, long processId, long memoryBytes, WorkerProfile profile) {
    public WorkerFacts {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(host, "host is null");
        Objects.requireNonNull(profile, "profile is null");
    }
}
