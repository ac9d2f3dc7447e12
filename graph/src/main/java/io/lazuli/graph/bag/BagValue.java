package io.lazuli.graph.bag;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.picture.GraphPicture;
import java.nio.file.Path;
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

    /// The result of a call, to be computed with what reads it.
    public static <T extends @Nullable Object> BagValue<T> from(Delayed<? extends T> call) {
        Node node = Node.from(Delayed.upstreamOfAll(List.of(call)), new Origin.Single("fromDelayed"));
        return only(node, "fromDelayed", "BagValue.from(" + call + ")", Terms.DEFAULTS);
    }

    /// This value as the argument of calls. Its engine and options do not come along.
    public Delayed<T> toDelayed() {
        return Delayed.partition(Lowering.upstream(node), 0, code + ".toDelayed()");
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

    /// Draws the layers of the value's graph to a file, `.svg` or `.dot`; see [#picture]. **Errors.** As [GraphPicture#write].
    public void visualize(Path file) {
        picture().write(file);
    }

    /// As [Bag#picture].
    public GraphPicture picture() {
        return GraphPicture.of(graph());
    }

    /// What [#compute] runs, before [io.lazuli.graph.pass.Passes]: one partition, whose block is the value.
    public TaskGraph graph() {
        return Lowering.lower(node);
    }

    @Override
    public String toString() {
        return code;
    }
}
