package io.lazuli.graph;

import java.util.List;
import java.util.Objects;

/// One unit of work as data: compute `key` by `operation` from `arguments`. Derived from a [Layer] for people, tests and
/// transport; engines work on layers and never hold a million of these.
public record Task(Key key, Operation operation, List<Argument> arguments) {
    public Task {
        Objects.requireNonNull(key, "key is null");
        Objects.requireNonNull(operation, "operation is null");
        arguments = List.copyOf(arguments);
    }

    @Override
    public String toString() {
        return key + " = " + operation.name() + arguments.stream().map(a -> a.key().toString()).toList();
    }
}
