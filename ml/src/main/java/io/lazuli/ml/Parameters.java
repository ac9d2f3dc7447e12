package io.lazuli.ml;

import io.lazuli.ml.internal.MlErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds the estimator that a parameter belongs to, at any depth.
final class Parameters {
    private Parameters() {}

    /// The estimator with another value of a parameter, its own or a part's.
    ///
    /// **Errors.** USER if it is nobody's, or that of several parts.
    @SuppressWarnings("unchecked")
    static <M extends io.lazuli.ml.model.Model, E, V> Estimator<M> with(
            Estimator<M> estimator, Param<E, V> param, V value) {
        check(estimator, param);
        return (Estimator<M>) replaced(estimator, param, value);
    }

    /// **Errors.** USER if it is nobody's, or that of several parts.
    static void check(Estimator<?> estimator, Param<?, ?> param) {
        long owners = owners(estimator, param).count();
        if (owners == 0) {
            throw MlErrors.unknownParameter(
                    param.toString(), List.copyOf(new TreeSet<>(all(estimator).map(Estimator::name).toList())));
        }
        if (owners > 1) {
            throw MlErrors.ambiguousParameter(param.toString(), owners);
        }
    }

    private static Stream<Estimator<?>> owners(Estimator<?> estimator, Param<?, ?> param) {
        return all(estimator).filter(param.estimator()::isInstance);
    }

    private static Stream<Estimator<?>> all(Estimator<?> estimator) {
        return estimator instanceof Composite composite
                ? Stream.concat(Stream.of(estimator), composite.parts().stream().flatMap(Parameters::all))
                : Stream.of(estimator);
    }

    private static <E, V> Estimator<?> replaced(Estimator<?> estimator, Param<E, V> param, V value) {
        if (param.estimator().isInstance(estimator)) {
            return (Estimator<?>) param.with(param.estimator().cast(estimator), value);
        }
        if (estimator instanceof Composite composite) {
            List<Estimator<?>> parts = new ArrayList<>();
            composite.parts().forEach(part -> parts.add(replaced(part, param, value)));
            return composite.withParts(parts);
        }
        return estimator;
    }
}
