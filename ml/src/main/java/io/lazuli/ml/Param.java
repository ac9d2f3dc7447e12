package io.lazuli.ml;

import java.util.function.BiFunction;
import java.util.function.Function;

/// A parameter of estimators of one class, for searches to vary.
///
/// ```java
/// GridSearch.of(new Ridge()).over(Ridge.ALPHA, 0.1, 1.0, 10.0)
/// ```
///
/// @param <E> the estimator
/// @param <V> its values
public final class Param<E, V> {
    private final Class<E> estimator;
    private final String name;
    private final Function<E, V> reader;
    private final BiFunction<E, V, E> writer;

    private Param(Class<E> estimator, String name, Function<E, V> reader, BiFunction<E, V, E> writer) {
        this.estimator = estimator;
        this.name = name;
        this.reader = reader;
        this.writer = writer;
    }

    /// @param name   scikit-learn's, where it has one
    /// @param writer a copy of an estimator with another value
    public static <E, V> Param<E, V> of(
            Class<E> estimator, String name, Function<E, V> reader, BiFunction<E, V, E> writer) {
        return new Param<>(estimator, name, reader, writer);
    }

    /// Whose parameter it is.
    public Class<E> estimator() {
        return estimator;
    }

    public String name() {
        return name;
    }

    /// The value that an estimator has.
    public V of(E estimator) {
        return reader.apply(estimator);
    }

    /// A copy of an estimator with another value. **Errors.** USER if the estimator does not take it.
    public E with(E estimator, V value) {
        return writer.apply(estimator, value);
    }

    @Override
    public String toString() {
        return estimator.getSimpleName() + "." + name;
    }
}
