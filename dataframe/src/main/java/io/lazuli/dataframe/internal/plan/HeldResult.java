package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;

/// A result that an engine keeps, as plans refer to it. It is given back by [#release], or when no plan refers to it any more.
///
/// Identity counts: two of them are never equal.
///
/// @param layout of its rows, by the columns of `schema`
/// @param name   what people see in plans
public record HeldResult(
        io.lazuli.graph.HeldResult partitions, Persisted persisted, Schema schema, Layout layout,
        String name) implements Tokenized {
    /// Ownership: takes over `persisted`.
    public static HeldResult of(Engine engine, Persisted persisted, Schema schema, Layout layout, String name) {
        return new HeldResult(io.lazuli.graph.HeldResult.of(engine, persisted), persisted, schema, layout, name);
    }

    public Engine engine() {
        return partitions.engine();
    }

    public boolean isReleased() {
        return partitions.isReleased();
    }

    public void release() {
        partitions.release();
    }

    @Override
    public Token token() {
        return partitions.token();
    }

    @Override
    public String toString() {
        return name;
    }
}
