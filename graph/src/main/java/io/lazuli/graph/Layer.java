package io.lazuli.graph;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many tasks as one value: an operation, a number of partitions and a dependency pattern for each input. A plan is a handful
/// of layers, whatever the number of partitions.
///
/// A layer may depend on itself, by [Dependency.Explicit] with lower partitions as sources: then it is any acyclic graph of
/// single tasks, numbered so that every task comes after its inputs. Lower partitions run first.
///
/// @param label       what people see in plans and progress, such as `scan flights.parquet > filter > aggregate`
/// @param annotations how its tasks are to be run; no part of the token
public record Layer(
        Token token,
        Operation operation,
        int partitionCount,
        List<Dependency> dependencies,
        String label,
        Annotations annotations) {
    public Layer {
        Objects.requireNonNull(token, "token is null");
        Objects.requireNonNull(operation, "operation is null");
        Objects.requireNonNull(label, "label is null");
        Objects.requireNonNull(annotations, "annotations is null");
        dependencies = List.copyOf(dependencies);
        if (partitionCount < 1) {
            throw new IllegalArgumentException(
                    "layer " + label + " needs at least one partition, found " + partitionCount);
        }
    }

    /// A layer without annotations.
    public Layer(Token token, Operation operation, int partitionCount, List<Dependency> dependencies, String label) {
        this(token, operation, partitionCount, dependencies, label, Annotations.NONE);
    }

    /// A layer whose token is the hash of its content.
    public static Layer of(Operation operation, int partitionCount, List<Dependency> dependencies, String label) {
        return new Layer(Token.of(operation, partitionCount, dependencies), operation, partitionCount, dependencies,
                label);
    }

    public Layer withAnnotations(Annotations annotations) {
        return new Layer(token, operation, partitionCount, dependencies, label, annotations);
    }

    /// The task of one partition. `partitionCounts` gives the number of partitions of each dependency's producer.
    public Task task(int partition, List<Integer> partitionCounts) {
        Objects.checkIndex(partition, partitionCount);
        Stream<Argument> arguments = IntStream.range(0, dependencies.size()).boxed().flatMap(d -> {
            Dependency dependency = dependencies.get(d);
            if (!dependency.isRead()) {
                return Stream.empty();
            }
            return dependency
                    .partitions(partition, partitionCounts.get(d))
                    .mapToObj(source -> new Argument(d, new Key(dependency.on(), source), dependency.slice(partition)));
        });
        return new Task(new Key(token, partition), operation, arguments.toList());
    }

    @Override
    public String toString() {
        return "%s %s [%d]".formatted(token.abbreviation(), label, partitionCount);
    }
}
