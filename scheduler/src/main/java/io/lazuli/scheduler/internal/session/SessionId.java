package io.lazuli.scheduler.internal.session;

/// What a session is about: one life of one worker under one scheduler. When either begins anew, so does the session, and
/// packets of the old one that are still under way are not heard.
///
/// @param epoch       of the scheduler
/// @param worker      index
/// @param incarnation of the worker
public record SessionId(int epoch, int worker, int incarnation) {
    /// True if this session ended when `other` began.
    public boolean isBefore(SessionId other) {
        return worker == other.worker
                && (epoch < other.epoch || epoch == other.epoch && incarnation < other.incarnation);
    }
}
