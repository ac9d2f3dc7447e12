package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.scheduler.event.EventStream;

/// An engine that tells what happens in it: a [LocalEngine] or a [Cluster].
public interface ObservableEngine extends Engine {
    /// What happens in this engine, for progress bars, dashboards and logs. Of a cluster: with the jobs of all its clients.
    EventStream events();
}
