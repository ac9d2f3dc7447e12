package io.lazuli.scheduler.internal.wire;

import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// A graph on its way from who wrote it to who runs it, by way of who schedules it and must not need its classes: there, what
/// its tasks do is bytes.
///
/// @param skeleton the graph, with bytes in place of what its tasks do
public record ShippedGraph(TaskGraph skeleton) {
    /// For what Lazuli itself writes.
    private static final ValueCodec OWN =
            ValueCodec.of(ShippedGraph.class.getClassLoader(), name -> name.startsWith("io.lazuli."));

    /// Errors: USER if a part of an operation cannot be written, with the way to it.
    public static ShippedGraph of(TaskGraph graph, ValueCodec codec) {
        return of(graph, codec, _ -> {
        });
    }

    /// As [#of(TaskGraph, ValueCodec)]; `named` is told each class that is written.
    public static ShippedGraph of(TaskGraph graph, ValueCodec codec, Consumer<Class<?>> named) {
        return new ShippedGraph(withOperations(
                graph, layer -> ShippedOperation.of(layer.operation(), layer.partitionCount(), codec, named)));
    }

    /// A graph that a scheduler has put together from what was shipped, and from operations of its own.
    public static ShippedGraph shipped(TaskGraph graph) {
        return new ShippedGraph(withOperations(
                graph, layer -> layer.operation() instanceof ShippedOperation shipped
                        ? shipped
                        : ShippedOperation.of(layer.operation(), layer.partitionCount(), OWN, _ -> {
                        })));
    }

    /// The graph as it was written. Errors: DATA if it cannot be read.
    ///
    /// @param codec that knows the classes of its operations
    public TaskGraph open(ValueCodec codec) {
        return withOperations(skeleton, layer -> open(layer.operation(), codec));
    }

    /// An operation as it was written. Errors: as for [#open(ValueCodec)].
    public static Operation open(Operation shipped, ValueCodec codec) {
        if (shipped instanceof ShippedOperation operation) {
            return operation.open(codec);
        }
        throw new IllegalArgumentException("operation " + shipped.name() + " was not shipped");
    }

    /// The graph where its operations cannot be had: its tasks fail, and say why.
    public TaskGraph broken(RuntimeException why) {
        return withOperations(skeleton, layer -> new BrokenOperation(layer.operation(), why));
    }

    private static TaskGraph withOperations(TaskGraph graph, Function<Layer, Operation> operation) {
        List<Layer> layers = graph.layers().stream()
                .map(layer -> new Layer(
                        layer.token(), operation.apply(layer), layer.partitionCount(), layer.dependencies(),
                        layer.label(), layer.annotations()))
                .toList();
        return new TaskGraph(graph.held(), layers, graph.output());
    }
}
