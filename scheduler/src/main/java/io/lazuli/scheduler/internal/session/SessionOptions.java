package io.lazuli.scheduler.internal.session;

/// What a [Session] goes by.
///
/// @param window           most messages that are sent and not acknowledged
/// @param batch            most messages of a packet
/// @param resendNanos      how long an acknowledgement is waited for before messages are sent again
/// @param longestResendNanos what that grows to, doubling each time that nothing comes back
/// @param heartbeatNanos   a packet is sent at least that often, if only to be heard
public record SessionOptions(int window, int batch, long resendNanos, long longestResendNanos, long heartbeatNanos) {
    public static final SessionOptions DEFAULTS =
            new SessionOptions(1024, 64, 200_000_000, 2_000_000_000, 1_000_000_000);

    public SessionOptions {
        if (window < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "window and batch must be at least 1, found " + window + " and " + batch);
        }
        if (resendNanos < 1 || longestResendNanos < resendNanos || heartbeatNanos < 1) {
            throw new IllegalArgumentException(
                    "times must be positive and the longest at least the shortest, found " + resendNanos + ", "
                            + longestResendNanos + ", " + heartbeatNanos);
        }
    }
}
