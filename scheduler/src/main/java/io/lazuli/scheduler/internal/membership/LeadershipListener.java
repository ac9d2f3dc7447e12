package io.lazuli.scheduler.internal.membership;

/// Hears who leads. Called by one thread, in order, and by no other; it should hand on what takes long.
public interface LeadershipListener {
    /// This process leads from now on. What the leaders before it began is in the journal.
    void elected(Leader self);

    /// Another process leads.
    void following(Leader leader);

    /// This process, which was elected, leads no more: whatever it still says will be refused.
    void lost();
}
