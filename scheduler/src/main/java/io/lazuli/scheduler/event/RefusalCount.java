package io.lazuli.scheduler.event;

import java.util.Objects;

/// How many connections one process of a cluster has closed at one of its ports for one reason, before they were any. Never zero.
///
/// @param process `scheduler`, or the name of a worker
/// @param port    `scheduler` is where workers and clients connect, `results` where workers give results to others, `members` where members
///                meet
/// @param reason  such as `WRONG_TOKEN`, `TIMED_OUT` or `TLS_FAILED`
/// @param count   since the process started
public record RefusalCount(String process, String port, String reason, long count) {
    public RefusalCount {
        Objects.requireNonNull(process, "process is null");
        Objects.requireNonNull(port, "port is null");
        Objects.requireNonNull(reason, "reason is null");
    }
}
