package io.lazuli.graph.pass;

import io.lazuli.graph.TaskGraph;

/// One rewriting of graphs.
///
/// It keeps the output: its token, its partition count and what each partition holds. It is idempotent, and returns the graph
/// itself where there is nothing to do. An operation sees the same key before and after ([io.lazuli.graph.TaskContext#key]),
/// also where its layer or its partition got another name.
public interface Pass {
    /// A verb for people, such as `cull`.
    String name();

    TaskGraph apply(TaskGraph graph);
}
