package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import java.lang.ref.Cleaner;

/// A result that an engine keeps, as plans refer to it. It is given back by [#release], or when no plan refers to it any more.
///
/// Identity counts: two of them are never equal.
public final class HeldResult implements Tokenized {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Engine engine;
    private final Persisted persisted;
    private final Schema schema;
    private final String name;
    private final Cleaner.Cleanable release;
    /// True from the first [#release] on.
    private volatile boolean isReleased;

    private HeldResult(Engine engine, Persisted persisted, Schema schema, String name) {
        this.engine = engine;
        this.persisted = persisted;
        this.schema = schema;
        this.name = name;
        this.release = CLEANER.register(this, persisted::close);
    }

    /// Ownership: takes over `persisted`.
    public static HeldResult of(Engine engine, Persisted persisted, Schema schema, String name) {
        return new HeldResult(engine, persisted, schema, name);
    }

    public Engine engine() {
        return engine;
    }

    public Persisted persisted() {
        return persisted;
    }

    public Schema schema() {
        return schema;
    }

    /// What people see in plans.
    public String name() {
        return name;
    }

    public boolean isReleased() {
        return isReleased;
    }

    public void release() {
        isReleased = true;
        release.clean();
    }

    @Override
    public Token token() {
        return persisted.token();
    }

    @Override
    public String toString() {
        return name;
    }
}
