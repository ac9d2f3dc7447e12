package io.lazuli.graph.bag;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import java.lang.ref.Cleaner;

/// The partitions of a bag that an engine keeps. They are given back by [#release], or when no bag refers to them any more.
final class Kept implements Part, Tokenized {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Engine engine;
    private final Token token;
    private final int partitionCount;
    private final Cleaner.Cleanable release;
    /// True from the first [#release] on.
    private volatile boolean isReleased;

    /// Ownership: takes over `persisted`.
    Kept(Engine engine, Persisted persisted) {
        this.engine = engine;
        this.token = persisted.token();
        this.partitionCount = persisted.partitionCount();
        this.release = CLEANER.register(this, persisted::close);
    }

    Engine engine() {
        return engine;
    }

    int partitionCount() {
        return partitionCount;
    }

    boolean isReleased() {
        return isReleased;
    }

    void release() {
        isReleased = true;
        release.clean();
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public String label() {
        return "persist";
    }
}
