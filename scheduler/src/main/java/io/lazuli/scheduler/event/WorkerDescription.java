package io.lazuli.scheduler.event;

import java.util.Objects;

/// Who a worker of a cluster is.
///
/// @param name      what people call it; one that is started again in place of another may have the same
/// @param host      where others reach it
/// @param processId in its host's numbering
public record WorkerDescription(String name, String host, long processId) {
    public WorkerDescription {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(host, "host is null");
    }
}
