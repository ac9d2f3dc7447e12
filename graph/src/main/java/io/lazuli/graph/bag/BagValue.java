package io.lazuli.graph.bag;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.function.Function1;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One value that is not there yet: what a reduction of a [Bag] comes to. Immutable; null is a value.
///
/// **Lazy.** Only [#compute] runs anything. `toString()` is the code that builds it.
public final class BagValue<T extends @Nullable Object> {
    private final Node node;
    private final String code;
    private final Terms terms;

    /// `node` has one partition, which is the value itself.
    private BagValue(Node node, String code, Terms terms) {
        this.node = node;
        this.code = code;
        this.terms = terms;
    }

    /// The only element of a plan of one partition.
    static <T extends @Nullable Object> BagValue<T> only(Node node, String operation, String code, Terms terms) {
        return new BagValue<>(node.into(new Sink.Only(operation)), code, terms);
    }

    Node node() {
        return node;
    }

    Terms terms() {
        return terms;
    }

    /// What `function` makes of this value.
    public <R extends @Nullable Object> BagValue<R> map(Function1<? super T, ? extends R> function) {
        return map("map", function, code + ".map(...)");
    }

    <R extends @Nullable Object> BagValue<R> map(
            String operation, Function1<? super T, ? extends R> function, String code) {
        Node value = Node.origin(
                new Origin.Single(operation), 1, List.of(node), List.of(new Dependency.OneToOne(node.token())));
        return only(value.then(new Step.Mapped(operation, Known.cast(function))), operation, code, terms);
    }

    /// The same value, to be computed by `engine` instead of [Engine#shared].
    public BagValue<T> withEngine(Engine engine) {
        return new BagValue<>(node, code, terms.withEngine(engine));
    }

    /// The same value, to be computed by a job with these options.
    public BagValue<T> withOptions(JobOptions options) {
        return new BagValue<>(node, code, terms.withOptions(options));
    }

    /// Runs and returns the value.
    ///
    /// **Errors.** At run: USER if a function failed, with the partition and element, or if the bag is empty and the reduction has
    /// no value for that.
    @SuppressWarnings({"unchecked", "NullAway"}) // null is a value, which the checker does not see in a type variable
    public T compute() {
        try (BagRun run = BagRun.start(node, terms)) {
            return (T) run.takeValue(0);
        }
    }

    /// What [#compute] runs: one partition, whose block is the value.
    public TaskGraph graph() {
        return Lowering.lower(node);
    }

    @Override
    public String toString() {
        return code;
    }
}
