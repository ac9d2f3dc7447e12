package io.lazuli.scheduler.internal.wire;

import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.store.HostIdentity;
import java.util.Objects;

/// Who a worker is.
///
/// @param name        what people call it, such as `host-1:4711`
/// @param host        where it gives results to others
/// @param processId   in its own host's numbering
/// @param memoryBytes most bytes of data outside its heap
/// @param storage     tells who can open its files
public record WorkerFacts(
        String name, String host, int port, long processId, long memoryBytes, WorkerProfile profile,
        HostIdentity storage) {
    public WorkerFacts {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(host, "host is null");
        Objects.requireNonNull(profile, "profile is null");
        Objects.requireNonNull(storage, "storage is null");
    }
}
