package io.lazuli.graph.delayed;

import io.lazuli.graph.Engine;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.Tokenized;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import io.lazuli.graph.function.Function3;
import io.lazuli.graph.function.Function4;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.pass.Passes;
import io.lazuli.graph.picture.GraphPicture;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A call of a function that is not made yet. Its arguments are values or results of other calls, so that any acyclic graph of
/// calls can be written down as a program; `compute` makes all of them, in parallel where they do not need each other.
///
/// ```java
/// var inc = Delayed.function((Integer i) -> i + 1);
/// var add = Delayed.function((Integer a, Integer b) -> a + b);
/// Delayed<Integer> a = inc.call(5);
/// int thirteen = add.call(a, inc.call(a)).compute();         // inc(5) is called once
/// ```
///
/// Immutable, and small: a call of a function of one argument takes 24 bytes and its argument. A graph may have millions of
/// calls, be arbitrarily deep, and read arbitrarily many results in one call.
///
/// A [Delayed] that occurs at several places of a graph is called once, whatever the function. Two calls written down
/// separately are made twice, unless the function is [LiftedFunction#pure]. Nulls are values like others.
public final class Delayed<T extends @Nullable Object> {
    private static final DelayedFunction1<Object, Object> VALUE =
            function((Object value) -> value).named("value").pureAs(Token.of("value"));
    private static final DelayedFunction1<Future<?>, Object> AWAIT =
            function((Function1<Future<?>, Object>) Delayed::await).named("await");
    private static final Token AWAIT_TOKEN = Token.of("await");
    private static final DelayedFunction1<Part, Object> PARTITION =
            function((Function1<Part, Object>) Delayed::notCalled).named("partition").pureAs(Token.of("partition"));
    private static final DelayedFunction1<Part, Object> PERSISTED = PARTITION.named("persisted");

    private static final DelayedListFunction<Object, Object> AFTER =
            functionOfAll((List<Object> all) -> all.getFirst()).named("after").pureAs(Token.of("after"));
    private static final JobOptions OPTIONS_OF_ALL = JobOptions.DEFAULTS.withName("delayed");

    /// Calls made so far, roughly: threads may overwrite each other's counts, which does no harm.
    private static int created;

    private final LiftedFunction<?> function;
    /// The argument of a function of one; else an `Object[]` with as many as there are. Each a value, a [Quoted], or a
    /// [Delayed] whose result is meant.
    private final @Nullable Object arguments;
    /// Spreads calls evenly over a hash table; neighbours are mostly calls made one after the other.
    private final int hash;

    Delayed(LiftedFunction<?> function, @Nullable Object arguments) {
        this.function = function;
        this.arguments = arguments;
        this.hash = created++;
    }

    /// A value as if it were the result of a call.
    public static <T extends @Nullable Object> Delayed<T> value(T value) {
        return new Delayed<>(VALUE, LiftedFunction.plain(value));
    }

    /// What `source` will give: the task that reads it waits for it. Two are equal if the source is the same and [Tokenized].
    public static <T extends @Nullable Object> Delayed<T> from(Future<? extends T> source) {
        return source instanceof Tokenized ? AWAIT.pureAs(AWAIT_TOKEN).callWith(source) : AWAIT.callWith(source);
    }

    public static <R extends @Nullable Object> DelayedFunction0<R> function(Function0<R> function) {
        return new DelayedFunction0<>(function, LiftedFunction.Traits.DEFAULTS);
    }

    public static <A extends @Nullable Object, R extends @Nullable Object> DelayedFunction1<A, R> function(
            Function1<A, R> function) {
        return new DelayedFunction1<>(function, LiftedFunction.Traits.DEFAULTS);
    }

    public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            DelayedFunction2<A, B, R> function(
                    Function2<A, B, R> function) {
        return new DelayedFunction2<>(function, LiftedFunction.Traits.DEFAULTS);
    }

    public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, R extends @Nullable Object>
            DelayedFunction3<A, B, C, R> function(
                    Function3<A, B, C, R> function) {
        return new DelayedFunction3<>(function, LiftedFunction.Traits.DEFAULTS);
    }

    public static <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, D extends @Nullable Object, R extends @Nullable Object>
            DelayedFunction4<A, B, C, D, R> function(
                    Function4<A, B, C, D, R> function) {
        return new DelayedFunction4<>(function, LiftedFunction.Traits.DEFAULTS);
    }

    /// A function of a list, to be called with the results of any number of calls.
    public static <A extends @Nullable Object, R extends @Nullable Object> DelayedListFunction<A, R> functionOfAll(
            Function1<List<A>, R> function) {
        return new DelayedListFunction<>(function, LiftedFunction.Traits.DEFAULTS);
    }

    /// The result of the call that `nested` gives: a function decides while it runs how to go on, by returning a [Delayed],
    /// which is then run in its place, in parallel, and may do the same again.
    ///
    /// What that one reads of calls made before is called again; pass results as arguments instead.
    public static <T extends @Nullable Object> Delayed<T> flatten(Delayed<Delayed<T>> nested) {
        return VALUE.named("flatten").unwrapping().callWith(nested);
    }

    /// This result, handed on only when `others` are done as well, for what they do besides giving results.
    public Delayed<T> after(Delayed<?>... others) {
        Object[] all = Stream.concat(Stream.of(this), Stream.of(others)).toArray();
        return AFTER.callWith(all);
    }

    /// Makes the call, and all that it needs, on [Engine#shared], and waits.
    ///
    /// **Errors**: what a function threw is the cause of a [io.lazuli.graph.error.LazuliException] that names the call.
    public T compute() {
        return computeAll(List.of(this), Optional.empty(), options()).getFirst();
    }

    public T compute(Engine engine) {
        return compute(engine, options());
    }

    public T compute(Engine engine, JobOptions options) {
        return computeAll(List.of(this), engine, options).getFirst();
    }

    private JobOptions options() {
        return JobOptions.DEFAULTS.withName(name());
    }

    /// The results of several calls in their order. What they share is called once. Runs on [Engine#shared] and waits.
    public static <T extends @Nullable Object> List<T> computeAll(List<? extends Delayed<? extends T>> wanted) {
        return computeAll(wanted, Optional.empty(), OPTIONS_OF_ALL);
    }

    public static <T extends @Nullable Object> List<T> computeAll(
            List<? extends Delayed<? extends T>> wanted, Engine engine) {
        return computeAll(wanted, engine, OPTIONS_OF_ALL);
    }

    /// As above, with options. The list cannot be changed; it may hold nulls.
    public static <T extends @Nullable Object> List<T> computeAll(
            List<? extends Delayed<? extends T>> wanted, Engine engine, JobOptions options) {
        return computeAll(wanted, Optional.of(engine), options);
    }

    private static <T extends @Nullable Object> List<T> computeAll(
            List<? extends Delayed<? extends T>> wanted, Optional<Engine> engine, JobOptions options) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Lowering lowering = Lowering.of(wanted);
        Engine chosen = HeldResult.engineFor(lowering.results(), engine);
        try (Job job = chosen.submit(Passes.of(options).apply(lowering.graph()), options)) {
            List<T> results = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                results.add(valueOf(job.take(i)));
            }
            return Collections.unmodifiableList(results);
        } finally {
            // what the calls read must be kept until the job has it
            Reference.reachabilityFence(lowering);
        }
    }

    /// Makes the call, and all that it needs, on [Engine#shared], waits, and keeps the result there. The one that is returned stands
    /// for it: graphs that read it start from there. The memory goes back at [#unpersist], or when nobody refers to it any more.
    public Delayed<T> persist() {
        return persistAll(List.of(this), Optional.empty(), options()).getFirst();
    }

    public Delayed<T> persist(Engine engine) {
        return persist(engine, options());
    }

    public Delayed<T> persist(Engine engine, JobOptions options) {
        return persistAll(List.of(this), engine, options).getFirst();
    }

    /// As [#persist], for several calls at once: what they share is called once. The memory goes back when nobody refers to any of
    /// them, or at [#unpersist] of one.
    public static <T extends @Nullable Object> List<Delayed<T>> persistAll(
            List<? extends Delayed<? extends T>> wanted, Engine engine, JobOptions options) {
        return persistAll(wanted, Optional.of(engine), options);
    }

    private static <T extends @Nullable Object> List<Delayed<T>> persistAll(
            List<? extends Delayed<? extends T>> wanted, Optional<Engine> engine, JobOptions options) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Lowering lowering = Lowering.of(wanted);
        try {
            Engine chosen = HeldResult.engineFor(lowering.results(), engine);
            TaskGraph graph = Passes.of(options).apply(lowering.graph());
            Upstream kept = Upstream.of(HeldResult.of(chosen, chosen.persist(graph, options)));
            List<Delayed<T>> results = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                results.add(new Delayed<>(PERSISTED, new Part(kept, i, wanted.get(i) + ".persist()")));
            }
            return Collections.unmodifiableList(results);
        } finally {
            Reference.reachabilityFence(lowering);
        }
    }

    /// Gives back the memory of what [#persist] returned, or [#persistAll] in one call. What reads it cannot be computed any more; jobs
    /// that run already end well. A second call does nothing.
    ///
    /// **Errors**: USER on any other.
    public void unpersist() {
        if (!(arguments instanceof Part part && part.isHeld())) {
            throw GraphErrors.notPersisted("call", toString());
        }
        part.upstream().results().forEach(HeldResult::release);
    }

    /// The value of a partition that another collection makes.
    ///
    /// @param description what it is, as code
    public static <T extends @Nullable Object> Delayed<T> partition(Upstream upstream, int partition,
            String description) {
        Objects.checkIndex(partition, upstream.partitionCount());
        return new Delayed<>(PARTITION, new Part(upstream, partition, description));
    }

    /// The results of `wanted` as partitions for another collection, in their order.
    ///
    /// **Errors**: IllegalArgumentException if there are none.
    public static Upstream upstreamOfAll(List<? extends Delayed<?>> wanted) {
        Lowering lowering = Lowering.of(wanted);
        return Upstream.of(lowering.graph(), lowering.results());
    }

    private static Object notCalled(Part part) {
        throw new IllegalStateException(part + " is read, not called");
    }

    /// Ownership: consumes `block`.
    // Whether a result may be null is for the function's type to say.
    @SuppressWarnings({"unchecked", "NullAway"})
    private static <T extends @Nullable Object> T valueOf(Block block) {
        try {
            return (T) block.value();
        } finally {
            block.release();
        }
    }

    /// Draws the graph of calls to a file, `.svg` or `.dot`; see [#picture]. **Errors**: as [GraphPicture#write].
    public void visualize(Path file) {
        picture().write(file);
    }

    /// A picture of the graph with a box for each call, or of many for each kind of call. `picture().optimized()` shows the tasks that it is
    /// run as, `picture().coloredByOrder()` in which order.
    public GraphPicture picture() {
        return GraphPicture.of(graph()).byTask();
    }

    /// What `compute` runs, before [Passes]: a graph whose output is one partition, a VALUE block with the result.
    public TaskGraph graph() {
        return graphOfAll(List.of(this));
    }

    /// What `computeAll` runs, before [Passes]: a graph with one partition of output for each of `wanted`, in their order.
    ///
    /// **Cost**: linear in calls and arguments; calls are numbered so that inputs come first, depth first from the first wanted.
    public static TaskGraph graphOfAll(List<? extends Delayed<?>> wanted) {
        return Lowering.of(wanted).graph();
    }

    /// What this call is by content: equal for equal calls in any JVM. Empty unless it and all it needs is pure.
    public Optional<Token> token() {
        if (!function.isPure()) {
            return Optional.empty();
        }
        Numbering numbering = Numbering.of(List.of(this));
        return numbering.contentOf(numbering.count() - 1);
    }

    /// The futures that this call and all it needs read, each once; see [#from].
    public List<Future<?>> awaited() {
        Numbering numbering = Numbering.byIdentity(this);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < numbering.count(); i++) {
            Delayed<?> call = numbering.call(i);
            if (call.function.function() == AWAIT.function() && call.arguments instanceof Future<?> future) {
                futures.add(future);
            }
        }
        return futures.stream().distinct().toList();
    }

    // As in [#valueOf].
    @SuppressWarnings("NullAway")
    private static Object await(Future<?> source) throws Exception {
        try {
            return source.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /// The name of the function.
    public String name() {
        return function.name();
    }

    LiftedFunction<?> function() {
        return function;
    }

    boolean isValue() {
        return function == VALUE;
    }

    int argumentCount() {
        return function.arity() == 1 ? 1 : many().length;
    }

    /// A value, a [Quoted], or a [Delayed] whose result is meant.
    @Nullable
    Object argument(int index) {
        return function.arity() == 1 ? arguments : many()[index];
    }

    /// The argument of a function of one, else all of them in an array that is not to be written to.
    @Nullable
    Object arguments() {
        return arguments;
    }

    /// As [#arguments], of a function that is not of one.
    @Nullable
    Object[] many() {
        return (@Nullable Object[]) Objects.requireNonNull(arguments, "only a function of one keeps its argument bare");
    }

    int hash() {
        return hash;
    }

    /// The call as code, as far as it fits on a line.
    @Override
    public String toString() {
        return CallText.of(this);
    }
}
