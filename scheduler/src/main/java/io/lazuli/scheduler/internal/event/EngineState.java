package io.lazuli.scheduler.internal.event;

import io.lazuli.scheduler.event.RefusalCount;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.List;

/// The engine as its publisher needs it.
public interface EngineState {
    /// Runs `action` as the only one who touches the engine's core, with everything handled that is known. Must not be called
    /// by `action`, nor by [#describe] and [#sample].
    void exclusively(Runnable action);

    /// From now on somebody listens. Called by `action` of [#exclusively].
    void observed();

    /// Tells where all workers and living jobs are.
    void describe(Description into);

    /// See [io.lazuli.scheduler.event.EventStream#refusals].
    default List<RefusalCount> refusals() {
        return List.of();
    }

    /// Tells what happened since the last call and is not known to the core.
    void sample(TransitionBuffer into);
}
