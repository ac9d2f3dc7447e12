package io.lazuli.graph;

import io.lazuli.graph.error.GraphErrors;
import java.lang.ref.Cleaner;
import java.util.Collection;
import java.util.Optional;

/// Partitions that an engine keeps, as collections refer to them: given back by [#release], or when nobody refers to this any
/// more. Identity counts: two of them are never equal.
public final class HeldResult implements Tokenized {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Engine engine;
    private final Token token;
    private final int partitionCount;
    private final Cleaner.Cleanable release;
    /// True from the first [#release] on.
    private volatile boolean isReleased;

    private HeldResult(Engine engine, Persisted persisted) {
        this.engine = engine;
        this.token = persisted.token();
        this.partitionCount = persisted.partitionCount();
        this.release = CLEANER.register(this, persisted::close);
    }

    /// Ownership: takes over `persisted`.
    public static HeldResult of(Engine engine, Persisted persisted) {
        return new HeldResult(engine, persisted);
    }

    /// Where a graph that reads `results` is to run: on the engine that was chosen, or on the one that keeps them, or on the
    /// shared one.
    ///
    /// Errors: USER if one was released, or is kept by another engine.
    public static Engine engineFor(Collection<HeldResult> results, Optional<Engine> chosen) {
        Optional<Engine> engine = chosen;
        for (HeldResult result : results) {
            if (result.isReleased) {
                throw GraphErrors.unpersisted();
            }
            if (engine.isPresent() && engine.get() != result.engine) {
                throw GraphErrors.persistedElsewhere();
            }
            engine = Optional.of(result.engine);
        }
        return engine.orElseGet(Engine::shared);
    }

    public Engine engine() {
        return engine;
    }

    @Override
    public Token token() {
        return token;
    }

    public int partitionCount() {
        return partitionCount;
    }

    public boolean isReleased() {
        return isReleased;
    }

    /// Gives the memory back; a second call does nothing. Jobs that already use it finish.
    public void release() {
        isReleased = true;
        release.clean();
    }

    @Override
    public String toString() {
        return "held " + token.abbreviation();
    }
}
