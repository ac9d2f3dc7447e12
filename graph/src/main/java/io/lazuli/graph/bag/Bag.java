package io.lazuli.graph.bag;

import io.lazuli.graph.Engine;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import io.lazuli.graph.picture.GraphPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A collection of any Java values in partitions that is not there yet: where its elements come from and what happens to them.
/// Immutable; every method returns another bag, or one value of it. Null is an element like any other.
///
/// ```java
/// List<Keyed<String, Long>> words = Bag.readText("books/*.txt")
///         .flatMap(line -> List.of(line.split(" ")))
///         .frequencies()
///         .topK(10, Bag.comparing(Keyed::value))
///         .compute();
/// ```
///
/// **Lazy.** Only [#compute], [#stream], [#persist] and [#writeText] run anything, and [BagValue#compute]. Steps that follow one
/// another run together, element by element, without collecting what is between them. What two bags have in common is computed
/// once if they end up in the same job.
///
/// **Functions** must give the same for the same element: they run again where a task is retried. An element must not be changed
/// by them. What they throw fails the job with USER, and names the operation, the partition and the element.
///
/// **Order.** Partitions, and elements in them, keep their order, except in shuffles ([#groupBy], [#foldBy], [#distinct],
/// [#frequencies]), whose order is always the same but none in particular. Partitioning never depends on the number of workers.
///
/// **Keys** are equal if `equals` says so, null is a key, and a key needs a hash that is the same in every JVM: strings, boxed
/// values, enums, big numbers, dates and times, UUIDs, URIs, optionals, lists, sets, maps and records of these have one, and
/// what implements [io.lazuli.graph.Tokenized]; of anything else the error says so.
///
/// `toString()` is the code that builds the bag.
public final class Bag<T extends @Nullable Object> {
    /// Values whose content is hashed, so that equal bags are computed once; hashing more would cost more than it may save.
    private static final int MOST_HASHED = 1_000;

    private final Node node;
    private final String code;
    private final Terms terms;

    private Bag(Node node, String code, Terms terms) {
        this.node = node;
        this.code = code;
        this.terms = terms;
    }

    /// The values in one partition.
    @SafeVarargs
    public static <T extends @Nullable Object> Bag<T> of(T... values) {
        return listed(Arrays.asList(values), 1, "Bag.of(" + values.length + " values)");
    }

    /// The elements of a list, which is copied, in `partitions` partitions of the same size, give or take one.
    ///
    /// **Errors.** At build: USER if `partitions` is not positive.
    public static <T extends @Nullable Object> Bag<T> from(List<? extends T> values, int partitions) {
        return listed(values, partitions, "Bag.from(%d values, %d)".formatted(values.size(), partitions));
    }

    private static <T extends @Nullable Object> Bag<T> listed(List<? extends T> values, int partitions, String code) {
        checkPositive("from", "partitions", partitions);
        List<?> copy = Collections.unmodifiableList(new ArrayList<>(values));
        Token token = copy.size() <= MOST_HASHED ? Known.tokenOf(copy) : Token.random();
        Origin origin = new Origin.Listed(Cuts.parts(copy, partitions), token);
        return new Bag<>(Node.source(origin, partitions), code, Terms.DEFAULTS);
    }

    /// The numbers from `start` to before `end`; none if `end` is not above `start`.
    ///
    /// **Errors.** At build: USER if `partitions` is not positive, or the range has more numbers than a long can count.
    public static Bag<Long> range(long start, long end, int partitions) {
        checkPositive("range", "partitions", partitions);
        long last = Math.max(start, end);
        if (last - start < 0) {
            throw GraphErrors.badArgument("range", "end", end, "less than 2^63 above the start");
        }
        return new Bag<>(
                Node.source(new Origin.Range(start, last, partitions), partitions),
                "Bag.range(%d, %d, %d)".formatted(start, end, partitions),
                Terms.DEFAULTS);
    }

    /// The lines of UTF-8 text files. Each of `paths` is a file, a folder (all files in it) or a pattern such as `logs/*.txt`.
    ///
    /// **Shape.** A file is cut at line breaks into partitions: one for each 64 MiB, at least eight above that. A file whose name
    /// ends in `.gz` is decompressed, and is one partition. Files come in the order of their names.
    ///
    /// **Units and types.** A line ends with `\n` or `\r\n`, which is no part of it.
    ///
    /// **Errors.** At build: USER if there is no such file; at run: DATA if a file is not UTF-8, with the byte, or has changed.
    public static Bag<String> readText(String... paths) {
        return readText(TextOptions.DEFAULTS, paths);
    }

    /// As [#readText(String...)], with options.
    public static Bag<String> readText(TextOptions options, String... paths) {
        return text("readText", false, options, paths);
    }

    /// As [#readText(TextOptions, String...)], where each line comes with the path of its file.
    public static Bag<TextLine> readTextWithPath(TextOptions options, String... paths) {
        return text("readTextWithPath", true, options, paths);
    }

    private static <T> Bag<T> text(String method, boolean withPath, TextOptions options, String... paths) {
        TextOrigin origin = TextOrigin.of(List.of(paths), options, withPath);
        String names = Arrays.stream(paths).map(path -> '"' + path + '"').collect(Collectors.joining(", "));
        return new Bag<>(
                Node.source(origin, origin.splits().size()),
                "Bag.%s(%s)".formatted(method, names),
                Terms.DEFAULTS);
    }

    /// A bag with a partition for each of `partitions`: the elements of what it gives, computed when the bag is.
    ///
    /// **Errors.** At build: USER if there are none; at run: USER if one gives null.
    public static <T extends @Nullable Object> Bag<T> fromDelayed(
            List<? extends Delayed<? extends Iterable<? extends T>>> partitions) {
        checkPositive("fromDelayed", "partitions.size()", partitions.size());
        Node node = Node.from(Delayed.upstreamOfAll(partitions), new Origin.Iterated("fromDelayed"));
        return new Bag<>(node, "Bag.fromDelayed(%d calls)".formatted(partitions.size()), Terms.DEFAULTS);
    }

    /// Each partition as a lazy value, the list of its elements, which must not be changed. The engine and the options of this bag do not
    /// come along. Computed together, what the partitions share is computed once.
    public List<Delayed<List<T>>> toDelayed() {
        Upstream upstream = Lowering.upstream(node);
        return IntStream.range(0, partitionCount())
                .mapToObj(p -> Delayed.<List<T>>partition(upstream, p, "%s.toDelayed().get(%d)".formatted(code, p)))
                .toList();
    }

    /// An order for [#topK], [#min] and [#max]: by a key of each element, where null is least.
    public static <T extends @Nullable Object, C extends Comparable<? super C>> Function2<T, T, Integer> comparing(
            Function1<? super T, ? extends @Nullable C> key) {
        return Reductions.comparing(key);
    }

    public int partitionCount() {
        return node.partitionCount();
    }

    /// What `function` makes of each element.
    public <R extends @Nullable Object> Bag<R> map(Function1<? super T, ? extends R> function) {
        return with(node.then(new Step.Mapped("map", Known.cast(function))), ".map(...)");
    }

    /// What `function` makes of each element and of `value`, which is computed first.
    ///
    /// **Errors.** At build: USER if the value is to be computed by another engine.
    public <V extends @Nullable Object, R extends @Nullable Object> Bag<R> map(
            Function2<? super T, ? super V, ? extends R> function, BagValue<V> value) {
        return new Bag<>(
                node.then(new Step.MappedWith(Known.cast(function)), value.node()),
                code + ".map(..., " + value + ")",
                terms.and(value.terms()));
    }

    /// The elements for which `predicate` is true. **Errors.** At run: USER if it returns null.
    public Bag<T> filter(Function1<? super T, Boolean> predicate) {
        return with(node.then(new Step.Filtered("filter", Known.cast(predicate), true)), ".filter(...)");
    }

    /// The elements for which `predicate` is false. **Errors.** At run: USER if it returns null.
    public Bag<T> remove(Function1<? super T, Boolean> predicate) {
        return with(node.then(new Step.Filtered("remove", Known.cast(predicate), false)), ".remove(...)");
    }

    /// All that `function` makes of each element. **Errors.** At run: USER if it returns null; return an empty list for nothing.
    public <R extends @Nullable Object> Bag<R> flatMap(
            Function1<? super T, ? extends Iterable<? extends R>> function) {
        return with(node.then(new Step.FlatMapped(Known.cast(function))), ".flatMap(...)");
    }

    /// All that `function` makes of each partition as a list, which cannot be changed. The list is held on the heap as a whole.
    public <R extends @Nullable Object> Bag<R> mapPartitions(
            Function1<? super List<T>, ? extends Iterable<? extends R>> function) {
        return with(node.then(new Step.PartitionMapped(Known.cast(function))), ".mapPartitions(...)");
    }

    /// Each element with probability `fraction`; the same ones for the same `seed` and partitioning.
    ///
    /// **Errors.** At build: USER if `fraction` is not between 0 and 1.
    public Bag<T> sample(double fraction, long seed) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw GraphErrors.badArgument("sample", "fraction", fraction, "0 to 1");
        }
        return with(node.then(new Step.Sampled(fraction, seed)), ".sample(%s, %d)".formatted(fraction, seed));
    }

    /// The first `count` elements, in one partition. No partition makes more than that.
    ///
    /// **Errors.** At build: USER if `count` is negative.
    public Bag<T> take(int count) {
        checkNotNegative("take", count);
        Step head = new Step.Head(count);
        return with(Plans.reduced(node, head, head), ".take(" + count + ")");
    }

    /// The `count` largest elements in the order of `comparator`, the largest first, in one partition; of equal ones those that come
    /// first. See [#comparing].
    ///
    /// **Errors.** At build: USER if `count` is negative.
    public Bag<T> topK(int count, Function2<? super T, ? super T, Integer> comparator) {
        checkNotNegative("topK", count);
        Step top = new Step.Top("topK", count, Known.cast(comparator));
        return with(Plans.reduced(node, top, top), ".topK(" + count + ", ...)");
    }

    /// Pairs of the elements at the same places of both bags.
    ///
    /// **Errors.** At build: USER if the numbers of partitions differ; at run: USER if the lengths of two partitions do.
    public <U extends @Nullable Object> Bag<Pair<T, U>> zip(Bag<U> other) {
        return with(Plans.zipped(node, other.node), other, ".zip(" + other + ")");
    }

    /// The partitions of this bag and then those of the other.
    public Bag<T> concat(Bag<? extends T> other) {
        return with(Plans.concatenated(node, other.node), other, ".concat(" + other + ")");
    }

    /// Every element of this bag with every element of the other, in as many partitions as the product of both. For small bags.
    public <U extends @Nullable Object> Bag<Pair<T, U>> product(Bag<U> other) {
        return with(Plans.product(node, other.node), other, ".product(" + other + ")");
    }

    /// Pairs of elements of this bag and of `others` that have equal keys. A null key matches nothing. `others` is held whole by
    /// every task: it is the small side.
    public <U extends @Nullable Object, K extends @Nullable Object> Bag<Pair<T, U>> join(
            List<? extends U> others, Function1<? super T, ? extends K> key,
            Function1<? super U, ? extends K> otherKey) {
        return join(Bag.<U>from(others, 1), key, otherKey);
    }

    /// As [#join(List, Function1, Function1)], where the small side is a bag.
    public <U extends @Nullable Object, K extends @Nullable Object> Bag<Pair<T, U>> join(
            Bag<U> others, Function1<? super T, ? extends K> key, Function1<? super U, ? extends K> otherKey) {
        return with(Plans.joined(node, others.node, key, otherKey), others, ".join(" + others + ", ...)");
    }

    /// The same elements in `partitions` partitions: neighbours become one, or one is cut into pieces of the same size.
    ///
    /// **Errors.** At build: USER if `partitions` is not positive.
    public Bag<T> repartition(int partitions) {
        checkPositive("repartition", "partitions", partitions);
        return with(Plans.repartitioned(node, partitions), ".repartition(" + partitions + ")");
    }

    /// Running results: for each element, what `function` makes of it and the result before it, `initial` before the first. One
    /// partition is done after the other.
    public <A extends @Nullable Object> Bag<A> accumulate(
            A initial, Function2<? super A, ? super T, ? extends A> function) {
        return with(Plans.accumulated(node, initial, function), ".accumulate(" + initial + ", ...)");
    }

    /// The elements under each key, in as many partitions as this bag has. A shuffle: use [#foldBy] where it will do, which sends
    /// one partial result for each key instead of all elements. The list of a key is held on the heap as a whole.
    ///
    /// **Errors.** At run: USER if a key has no stable hash.
    public <K extends @Nullable Object> Bag<Keyed<K, List<T>>> groupBy(Function1<? super T, ? extends K> key) {
        return groupBy(key, partitionCount());
    }

    /// As [#groupBy(Function1)], in `partitions` partitions. **Errors.** At build: USER if that is not positive.
    public <K extends @Nullable Object> Bag<Keyed<K, List<T>>> groupBy(
            Function1<? super T, ? extends K> key, int partitions) {
        checkPositive("groupBy", "partitions", partitions);
        Node keyed = node.then(new Step.Mapped("groupBy", Reductions.keyedBy(key)));
        Node grouped = Plans.shuffled("groupBy", keyed, partitions, Reductions.newList(), Reductions.addToList());
        return with(grouped.then(new Step.Mapped("groupBy", Known.cast(Reductions.sealed()))), ".groupBy(...)");
    }

    /// What `fold` makes of the elements under each key, in as many partitions as this bag has. See [#fold] for the functions.
    ///
    /// **Errors.** At run: USER if a key has no stable hash.
    public <K extends @Nullable Object, A extends @Nullable Object> Bag<Keyed<K, A>> foldBy(
            Function1<? super T, ? extends K> key,
            Function0<? extends A> initial,
            Function2<? super A, ? super T, ? extends A> fold,
            Function2<? super A, ? super A, ? extends A> combine) {
        return with(foldedBy("foldBy", key, initial, fold, combine), ".foldBy(...)");
    }

    private Node foldedBy(
            String operation,
            Function1<?, ?> key,
            Function0<?> initial,
            Function2<?, ?, ?> fold,
            Function2<?, ?, ?> combine) {
        Step folded = new Step.FoldedByKey(operation, Known.cast(key), Known.cast(initial), Known.cast(fold));
        return Plans.shuffled(operation, node.then(folded), partitionCount(), initial, combine);
    }

    /// The elements that differ; of equal ones the first of some partition.
    public Bag<T> distinct() {
        return distinct(Reductions.identity(), ".distinct()");
    }

    /// An element for each key that there is.
    public <K extends @Nullable Object> Bag<T> distinct(Function1<? super T, ? extends K> key) {
        return distinct(key, ".distinct(...)");
    }

    private Bag<T> distinct(Function1<?, ?> key, String call) {
        Node firsts = foldedBy(
                "distinct", key, Reductions.newList(), Reductions.keepFirst(), Reductions.keepFirstOfLists());
        return with(firsts.then(new Step.Mapped("distinct", Known.cast(Reductions.firstOfGroup()))), call);
    }

    /// How often each element is there.
    public Bag<Keyed<T, Long>> frequencies() {
        Node counted = foldedBy(
                "frequencies", Reductions.identity(), Reductions.zero(), Reductions.increment(), Reductions.plus());
        return with(counted, ".frequencies()");
    }

    /// What `fold` makes of all elements, partition by partition, and `combine` of the partial results, in a tree of fan-in 16.
    ///
    /// `initial` gives a new neutral result, with which both begin; they may change the first argument and return it, never the
    /// second. `combine` must be associative.
    ///
    /// ```java
    /// BagValue<Set<String>> names = people.fold(HashSet::new, (set, p) -> { set.add(p.name()); return set; },
    ///         (a, b) -> { a.addAll(b); return a; });
    /// ```
    public <A extends @Nullable Object> BagValue<A> fold(
            Function0<? extends A> initial,
            Function2<? super A, ? super T, ? extends A> fold,
            Function2<? super A, ? super A, ? extends A> combine) {
        return fold("fold", initial, fold, combine, ".fold(...)");
    }

    private <A extends @Nullable Object> BagValue<A> fold(
            String operation,
            Function0<? extends A> initial,
            Function2<? super A, ? super T, ? extends A> fold,
            Function2<? super A, ? super A, ? extends A> combine,
            String call) {
        Step folded = new Step.Folded(operation, Known.cast(initial), Known.cast(fold));
        Step combined = new Step.Folded(operation, Known.cast(initial), Known.cast(combine));
        return BagValue.only(Plans.reduced(node, folded, combined), operation, code + call, terms);
    }

    /// All elements made one by `function`, two by two, which must be associative.
    ///
    /// **Errors.** When computed: USER if the bag is empty.
    public BagValue<T> reduce(Function2<? super T, ? super T, ? extends T> function) {
        Step step = new Step.Reduced(Known.cast(function));
        return BagValue.only(Plans.reduced(node, step, step), "reduce", code + ".reduce(...)", terms);
    }

    /// The number of elements.
    public BagValue<Long> count() {
        return fold("count", Reductions.zero(), Reductions.increment(), Reductions.plus(), ".count()");
    }

    /// The sum of the numbers that `number` gives, as doubles; null adds nothing.
    public BagValue<Double> sum(Function1<? super T, ? extends @Nullable Number> number) {
        return moments("sum", number).map("sum", Reductions.sum(), code + ".sum(...)");
    }

    /// The sum of the whole numbers that `number` gives; null adds nothing. It is exact, whatever the numbers on the way to it.
    ///
    /// **Errors.** When computed: DATA if the sum has more than 64 bits; USER if one is no Byte, Short, Integer or Long.
    public BagValue<Long> sumLong(Function1<? super T, ? extends @Nullable Number> number) {
        return fold("sumLong", Reductions.noTotal(), Reductions.addToTotal(number), Reductions.addTotals(), "")
                .map("sumLong", Reductions.totalToLong(), code + ".sumLong(...)");
    }

    /// The mean of the numbers that `number` gives, NaN if there are none; null is left out.
    public BagValue<Double> mean(Function1<? super T, ? extends @Nullable Number> number) {
        return moments("mean", number).map("mean", Reductions.mean(), code + ".mean(...)");
    }

    /// The variance of the numbers that `number` gives, of all there is ([Moments#variance] with 0), NaN if there are none; null
    /// is left out.
    public BagValue<Double> variance(Function1<? super T, ? extends @Nullable Number> number) {
        return moments("variance", number).map("variance", Reductions.variance(), code + ".variance(...)");
    }

    /// Count, sum, mean, variance, least and largest of the numbers that `number` gives, in one pass; null is left out.
    public BagValue<Moments> moments(Function1<? super T, ? extends @Nullable Number> number) {
        return moments("moments", number);
    }

    private BagValue<Moments> moments(String operation, Function1<? super T, ? extends @Nullable Number> number) {
        return fold(operation, Reductions.noMoments(), Reductions.addToMoments(number), Reductions.addMoments(),
                ".moments(...)");
    }

    /// The least element in the order of `comparator`, see [#comparing]; of equal ones the first.
    ///
    /// **Errors.** When computed: USER if the bag is empty.
    public BagValue<T> min(Function2<? super T, ? super T, Integer> comparator) {
        return top("min", Reductions.reversed(comparator));
    }

    /// The largest element in the order of `comparator`, see [#comparing]; of equal ones the first.
    ///
    /// **Errors.** When computed: USER if the bag is empty.
    public BagValue<T> max(Function2<? super T, ? super T, Integer> comparator) {
        return top("max", comparator);
    }

    private BagValue<T> top(String operation, Function2<? super T, ? super T, Integer> comparator) {
        Step step = new Step.Top(operation, 1, Known.cast(comparator));
        return BagValue.only(
                Plans.reduced(node, step, step), operation, code + "." + operation + "(...)", terms);
    }

    /// Whether `predicate` is true for an element; a partition is read until one is found.
    public BagValue<Boolean> any(Function1<? super T, Boolean> predicate) {
        return filter(predicate).take(1).count().map("any", Reductions.isPositive(), code + ".any(...)");
    }

    /// Whether `predicate` is true for all elements; a partition is read until one is found for which it is not.
    public BagValue<Boolean> all(Function1<? super T, Boolean> predicate) {
        return remove(predicate).take(1).count().map("all", Reductions.isZero(), code + ".all(...)");
    }

    /// The same bag, to run on `engine` instead of [Engine#shared].
    public Bag<T> withEngine(Engine engine) {
        return new Bag<>(node, code, terms.withEngine(engine));
    }

    /// The same bag, to run as a job with these options.
    public Bag<T> withOptions(JobOptions options) {
        return new Bag<>(node, code, terms.withOptions(options));
    }

    /// Runs and returns all elements, as a list on the heap that cannot be changed.
    ///
    /// **Errors.** At run: whatever made the job fail; see above for functions.
    @SuppressWarnings("unchecked")
    public List<T> compute() {
        List<T> elements = new ArrayList<>();
        try (BagRun run = BagRun.start(node, terms)) {
            for (int partition = 0; partition < run.partitionCount(); partition++) {
                elements.addAll((List<T>) run.take(partition));
            }
        }
        return Collections.unmodifiableList(elements);
    }

    /// Runs and returns the elements as they come, partition by partition: only one partition is on its way to the caller. The
    /// stream must be closed; what is not done by then is cancelled.
    ///
    /// **Errors.** At run, out of the stream: as [#compute].
    @SuppressWarnings("unchecked")
    public Stream<T> stream() {
        BagRun run = BagRun.start(node, terms);
        return IntStream.range(0, run.partitionCount())
                .boxed()
                .flatMap(partition -> (Stream<T>) run.take(partition).stream())
                .onClose(run::close);
    }

    /// Runs and keeps the partitions in the engine. The bag that is returned starts from there, as do those made of it. The memory
    /// goes back at [#unpersist], or when no such bag is reachable any more.
    public Bag<T> persist() {
        return with(Node.given(Upstream.of(BagRun.persist(node, terms))), ".persist()");
    }

    /// Gives back the memory of a bag that [#persist] returned. Bags made of it cannot run any more; jobs that run already end well.
    /// A second call does nothing. **Errors.** When called: USER on any other bag.
    public void unpersist() {
        if (!(node.part() instanceof Given(Upstream upstream))) {
            throw GraphErrors.notPersisted("bag", code);
        }
        upstream.results().forEach(HeldResult::release);
    }

    /// Runs and writes each element's text as a line of a UTF-8 file, a file for each partition, into `directory`, which is made if it
    /// is not there. Returns the files in order. A file gets its name when it is whole; if the job fails, those that are whole stay.
    ///
    /// **Errors.** At once: USER if the directory has files of an earlier writing; at run: USER for a null element; RESOURCE if a
    /// file cannot be written.
    public List<Path> writeText(Path directory) {
        Step written = LinesWritten.into(directory.toAbsolutePath().normalize());
        Bag<String> paths = with(node.then(written), ".writeText(\"" + directory + "\")");
        return paths.compute().stream().map(Path::of).toList();
    }

    private <R extends @Nullable Object> Bag<R> with(Node node, String call) {
        return new Bag<>(node, code + call, terms);
    }

    private <R extends @Nullable Object> Bag<R> with(Node node, Bag<?> other, String call) {
        return new Bag<>(node, code + call, terms.and(other.terms));
    }

    private static void checkPositive(String operation, String name, int number) {
        if (number < 1) {
            throw GraphErrors.badArgument(operation, name, number, "at least 1");
        }
    }

    private static void checkNotNegative(String operation, int count) {
        if (count < 0) {
            throw GraphErrors.badArgument(operation, "count", count, "at least 0");
        }
    }

    /// Draws the layers of the bag's graph to a file, `.svg` or `.dot`; see [#picture]. **Errors.** As [GraphPicture#write].
    public void visualize(Path file) {
        picture().write(file);
    }

    /// A picture of the layers of the bag's graph; `picture().byTask()` shows partitions, `picture().optimized()` what is run.
    public GraphPicture picture() {
        return GraphPicture.of(graph());
    }

    /// What [#compute] runs, before [io.lazuli.graph.pass.Passes]: each partition is a block with a list.
    public TaskGraph graph() {
        return Lowering.lower(node);
    }

    @Override
    public String toString() {
        return code;
    }
}
