package io.lazuli.ml;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.function.Function1;
import io.lazuli.ml.internal.fit.Values;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A model, a score or anything else that is not made yet. It is told by content: what is equal is made once, also where several are
/// computed together.
///
/// ```java
/// Lazy<Ridge.Model> first = new Ridge().withAlpha(0.1).plan(data);
/// Lazy<Ridge.Model> second = new Ridge().withAlpha(1).plan(data);
/// List<Ridge.Model> both = Lazy.computeAll(List.of(first, second));     // goes over data once
/// ```
///
/// Immutable, and small.
public final class Lazy<T> {
    private final Upstream value;
    private final String description;
    private final Optional<Engine> engine;

    Lazy(Upstream value, String description, Optional<Engine> engine) {
        this.value = value;
        this.description = Objects.requireNonNull(description, "description is null");
        this.engine = engine;
    }

    /// A value that is there already.
    public static <T> Lazy<T> of(T value) {
        String name = value.getClass().getSimpleName();
        return new Lazy<>(Values.given(value, name), name, Optional.empty());
    }

    /// What makes the value, or its [io.lazuli.ml.internal.fit.Failure].
    Upstream value() {
        return value;
    }

    Optional<Engine> engine() {
        return engine;
    }

    /// What it is by content: equal in any JVM for equal work.
    public Token token() {
        return value.token();
    }

    /// What `function` makes of it.
    ///
    /// @param function a record, which is told by content; it gives the same result for the same value
    /// @param name     for plans, progress and errors
    public <U> Lazy<U> then(String name, Function1<? super T, ? extends U> function) {
        return new Lazy<>(Values.apply(new OfOne<>(function), List.of(value), name), name, engine);
    }

    /// What `function` makes of all of them, in their order. As [#then].
    public static <T, U> Lazy<U> join(
            String name, List<? extends Lazy<? extends T>> all, Function1<? super List<T>, ? extends U> function) {
        return new Lazy<>(
                Values.apply(new OfAll<>(function), all.stream().<Upstream>map(Lazy::value).toList(), name), name,
                all.isEmpty() ? Optional.empty() : all.getFirst().engine());
    }

    private record OfOne<T, U>(Function1<? super T, ? extends U> function) implements Function1<List<Object>, U> {
        @Override
        @SuppressWarnings("unchecked")
        public U apply(List<Object> values) throws Exception {
            return function.apply((T) values.getFirst());
        }
    }

    private record OfAll<T, U>(Function1<? super List<T>, ? extends U> function) implements Function1<List<Object>, U> {
        @Override
        @SuppressWarnings("unchecked")
        public U apply(List<Object> values) throws Exception {
            return function.apply((List<T>) values);
        }
    }

    /// Makes it and waits, on the engine of the data that it is made of, or else on [Engine#shared].
    public T compute() {
        return engine.isPresent() ? compute(engine.get()) : delayed().compute();
    }

    public T compute(Engine engine) {
        return delayed().compute(engine);
    }

    /// All of them in their order; what they share is made once.
    public static <T> List<T> computeAll(List<? extends Lazy<? extends T>> wanted) {
        Optional<Engine> engine = wanted.stream().flatMap(lazy -> lazy.engine().stream()).findFirst();
        return engine.isPresent() ? computeAll(wanted, engine.get()) : Delayed.computeAll(delayed(wanted));
    }

    public static <T> List<T> computeAll(List<? extends Lazy<? extends T>> wanted, Engine engine) {
        return Delayed.computeAll(delayed(wanted), engine);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<Delayed<T>> delayed(List<? extends Lazy<? extends T>> wanted) {
        return wanted.stream().map(lazy -> (Delayed<T>) lazy.delayed()).toList();
    }

    /// The same as a call whose result others may read.
    public Delayed<T> delayed() {
        return Delayed.partition(Values.unwrapped(value, description), 0, description);
    }

    @Override
    public String toString() {
        return description;
    }
}
