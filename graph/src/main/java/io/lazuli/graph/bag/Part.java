package io.lazuli.graph.bag;

/// What one [Node] of a bag's plan does: where elements come from, what happens to each, or what a partition ends as.
sealed interface Part permits Origin, Step, Sink, Given {
    /// What people see in plans, such as `filter`.
    String label();
}
