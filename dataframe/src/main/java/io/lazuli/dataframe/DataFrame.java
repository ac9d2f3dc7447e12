package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.csv.CsvSource;
import io.lazuli.dataframe.internal.csv.CsvTableWriter;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.lowering.GraphText;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.parquet.ParquetSource;
import io.lazuli.dataframe.internal.parquet.ParquetTableWriter;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.plan.HeldResult;
import io.lazuli.dataframe.internal.plan.LogicalPlan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.internal.show.RowText;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.internal.tablesaw.TableBuilder;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobProgress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/// A table that is not there yet: where its rows come from and what happens to them. Immutable; every method returns another
/// frame, and names and types are checked at once.
///
/// ```java
/// DataFrame delays = DataFrame.readParquet("flights/*.parquet")
///         .filter(col("cancelled").not())
///         .groupBy("carrier")
///         .agg(count().as("flights"), mean("delay"))
///         .sort(col("delay_mean").desc());
/// delays.show();
/// ```
///
/// **Lazy.** Only [#compute], [#stream], [#persist], [#count], [#show] and the `write` methods run anything. Reading looks at
/// the schema of its files at once, so that errors come early. [#explain] shows what would run.
///
/// **Order.** Files are read in the order of their names, rows in the order of the file; [#sort] sets an order; filter, select,
/// withColumns and limit keep it; groups and joins come in no particular order.
///
/// `toString()` is the code that builds the frame.
public final class DataFrame {
    private static final int SHOWN_ROWS = 20;

    private final LogicalPlan plan;
    private final String code;
    private final RunOptions options;

    private DataFrame(LogicalPlan plan, String code, RunOptions options) {
        this.plan = plan;
        this.code = code;
        this.options = options;
    }

    static DataFrame scan(Source source, String code) {
        List<Integer> columns = IntStream.range(0, source.schema().size()).boxed().toList();
        return new DataFrame(new LogicalPlan.Scan(source, columns, Optional.empty()), code, RunOptions.DEFAULTS);
    }

    /// The rows of a Parquet file, of all `.parquet` files in a folder, or of all files that match a pattern such as
    /// `trips/2024-*.parquet`.
    ///
    /// **Eager.** Reads the footers. **Errors.** When called: USER if there is no such file; DATA if one is not Parquet or has
    /// other columns than the first; RESOURCE if one cannot be read.
    ///
    /// **Source.** pandas and Dask `read_parquet`.
    public static DataFrame readParquet(String path) {
        return scan(ParquetSource.open(path), "DataFrame.readParquet(" + Code.quote(path) + ")");
    }

    /// As [#readCsv(String, CsvReadOptions)] with [CsvReadOptions#DEFAULTS].
    public static DataFrame readCsv(String path) {
        return scan(CsvSource.open(path, CsvReadOptions.DEFAULTS), "DataFrame.readCsv(" + Code.quote(path) + ")");
    }

    /// The rows of a CSV file, of all `.csv` files in a folder, or of all files that match a pattern.
    ///
    /// **Eager.** Reads samples, to guess the types that are not declared. **Errors.** When called: USER if there is no such file or a
    /// declared column is not in it; DATA if files have different columns. At run: DATA if a field is not of its column's type,
    /// naming file, line and text.
    ///
    /// **Source.** pandas and Dask `read_csv`.
    public static DataFrame readCsv(String path, CsvReadOptions options) {
        return scan(CsvSource.open(path, options), "DataFrame.readCsv(" + Code.quote(path) + ", options)");
    }

    LogicalPlan plan() {
        return plan;
    }

    RunOptions options() {
        return options;
    }

    DataFrame with(LogicalPlan next, String call) {
        return new DataFrame(next, code + call, options);
    }

    DataFrame with(LogicalPlan next, String call, RunOptions nextOptions) {
        return new DataFrame(next, code + call, nextOptions);
    }

    /// Names and types of the columns.
    public Schema schema() {
        return plan.schema();
    }

    /// The rows for which the predicate is true (not those for which it is null).
    ///
    /// **Nulls, NaN, order.** Keeps the order of rows. **Errors.** When called: USER if a name or type is wrong.
    public DataFrame filter(Expr predicate) {
        BoundExpr bound = new Resolver(plan).condition(predicate);
        return with(new LogicalPlan.Filter(plan, bound), ".filter(" + predicate + ")");
    }

    /// As [#filter(Expr)], by a condition in the manner of SQL.
    ///
    /// ```java
    /// trips.filter("fare > 10 and zone in ('a', 'b') and not startsWith(name, 'x')")
    /// ```
    ///
    /// There are `and or not`, `= != < <= > >=`, `+ - * / % //` and `||`, `in (...)`, `between .. and`, `like .. escape`, `is null`,
    /// `case when .. then .. else .. end`, `cast(x as LONG)`, `try_cast`, `date '2026-07-31'`, `timestamp '2026-07-31 09:30'`, and
    /// functions by the names of the methods, with the value they are called on first: `round(x, 2)`, `starts_with(s, 'a')`.
    /// Texts stand in single quotes; names that are no words in double quotes. `/` gives FLOAT64, `%` is [Expr#remainder], `//` is
    /// [Expr#floorDividedBy]; positions in texts count from 0, as everywhere here.
    ///
    /// **Errors.** When called: USER, with the place in the text. **Source.** pandas `query`.
    public DataFrame filter(String condition) {
        Expr predicate = Queries.parse(condition);
        return with(filter(predicate).plan(), ".filter(" + Code.quote(condition) + ")");
    }

    /// These columns only, in this order.
    public DataFrame select(String... columns) {
        return project(outputs(columns), ".select(" + Code.quotedList(List.of(columns)) + ")");
    }

    /// These expressions only, in this order; see [Expr] on their names.
    public DataFrame select(Expr... columns) {
        Resolver resolver = new Resolver(plan);
        return project(Arrays.stream(columns).map(resolver::output).toList(),
                ".select(" + Code.list(List.of(columns)) + ")");
    }

    /// All columns, and these: each takes the place of the column of its name, or comes last. All of them see the columns as they
    /// were before.
    ///
    /// **Source.** polars `with_columns`, pandas `assign`.
    public DataFrame withColumns(Expr... columns) {
        Resolver resolver = new Resolver(plan);
        Map<String, Output> outputs = new LinkedHashMap<>();
        allColumns().forEach(output -> outputs.put(output.name(), output));
        Map<String, Output> added = new LinkedHashMap<>();
        for (Expr column : columns) {
            Output output = resolver.output(column);
            if (added.put(output.name(), output) != null) {
                throw Errors.duplicateColumn(output.name());
            }
        }
        outputs.putAll(added);
        return project(List.copyOf(outputs.values()), ".withColumns(" + Code.list(List.of(columns)) + ")");
    }

    /// All columns but these.
    public DataFrame drop(String... columns) {
        List<Output> dropped = outputs(columns);
        List<Output> kept = allColumns().filter(output -> !dropped.contains(output)).toList();
        return project(kept, ".drop(" + Code.quotedList(List.of(columns)) + ")");
    }

    /// The same columns, one under another name.
    public DataFrame rename(String from, String to) {
        int index = new Resolver(plan).index(from);
        List<Output> outputs = new ArrayList<>(allColumns().toList());
        outputs.set(index, new Output(Objects.requireNonNull(to, "to is null"), outputs.get(index).expression()));
        return project(outputs, ".rename(" + Code.quote(from) + ", " + Code.quote(to) + ")");
    }

    private Stream<Output> allColumns() {
        Resolver resolver = new Resolver(plan);
        return IntStream.range(0, schema().size())
                .mapToObj(i -> new Output(schema().field(i).name(), resolver.column(i)));
    }

    private List<Output> outputs(String... columns) {
        Resolver resolver = new Resolver(plan);
        return Arrays.stream(columns).map(name -> new Output(name, resolver.column(resolver.index(name)))).toList();
    }

    private DataFrame project(List<Output> outputs, String call) {
        return with(new LogicalPlan.Project(plan, outputs), call);
    }

    /// The rows by the values of some columns, to be aggregated. Null is a group of its own, NaN is equal to NaN.
    public GroupedFrame groupBy(String... keys) {
        List<Expr> columns = Arrays.stream(keys).map(Expressions::col).toList();
        return new GroupedFrame(this, columns, ".groupBy(" + Code.quotedList(List.of(keys)) + ")");
    }

    /// As [#groupBy(String...)], by computed values: `groupBy(col("pickup").dt().hour().as("hour"))`.
    public GroupedFrame groupBy(Expr... keys) {
        return new GroupedFrame(this, List.of(keys), ".groupBy(" + Code.list(List.of(keys)) + ")");
    }

    /// One row: aggregates of all rows, also where there are none.
    ///
    /// **Example.** `trips.agg(sum("fare"), max("tip").minus(min("tip")).as("range"))`
    public DataFrame agg(Expr... aggregates) {
        return aggregate(List.of(), List.of(aggregates), ".agg(" + Code.list(List.of(aggregates)) + ")");
    }

    DataFrame aggregate(List<Expr> keys, List<Expr> aggregates, String call) {
        return with(GroupPlanner.plan(plan, keys, aggregates), call);
    }

    /// Pairs of rows of this frame and the other with equal keys, which are named next: `orders.join(people).on("id")`.
    public JoinedFrame join(DataFrame other) {
        return JoinedFrame.inner(this, other);
    }

    /// As [#join], and every row of this frame without a partner once, with nulls in the columns of the other.
    public JoinedFrame leftJoin(DataFrame other) {
        return JoinedFrame.left(this, other);
    }

    /// The rows in ascending order of these columns, the first the most significant; nulls last. Stable.
    public DataFrame sort(String... columns) {
        List<SortKey> keys = Arrays.stream(columns).map(name -> Expressions.col(name).asc()).toList();
        return with(SortPlanner.plan(plan, keys), ".sort(" + Code.quotedList(List.of(columns)) + ")");
    }

    /// As [#sort(String...)], by any expressions in any direction: `sort(col("fare").desc(), col("zone").asc())`.
    ///
    /// **Cost.** One exchange of all rows; followed by [#limit], only of as many rows a partition.
    public DataFrame sort(SortKey... keys) {
        return with(SortPlanner.plan(plan, List.of(keys)), ".sort(" + Code.list(List.of(keys)) + ")");
    }

    /// The first `count` rows.
    public DataFrame limit(long count) {
        if (count < 0) {
            throw Errors.negativeLimit(count);
        }
        return with(new LogicalPlan.Limit(plan, count), ".limit(" + count + ")");
    }

    /// The same frame, to run on `engine` instead of [Engine#shared].
    public DataFrame withEngine(Engine engine) {
        return new DataFrame(plan, code, options.withEngine(engine));
    }

    /// The same frame; `listener` hears ten times a second how its jobs go, and once when each has ended. It is called by one
    /// thread at a time. [io.lazuli.graph.ProgressText] turns what it hears into text. [#persist] does not report.
    public DataFrame withProgress(Consumer<JobProgress> listener) {
        return new DataFrame(plan, code, options.withListener(listener));
    }

    /// Runs and returns the result as a table on the heap.
    ///
    /// **Units and types.** BOOL, INT, LONG, FLOAT64, UTF8, DATE and TIMESTAMP become Tablesaw's boolean, int, long, double, string, local
    /// date and local date time columns.
    ///
    /// **Nulls, NaN, order.** Null becomes missing. Tablesaw marks missing doubles by NaN and missing strings by the empty text, so
    /// these look like null there; whoever must tell them apart asks with [Expr#isNull] before.
    ///
    /// **Errors.** At run: RESOURCE if the result is larger than a quarter of the heap; DATA if Tablesaw has no such value (the least
    /// int and long, parts of a millisecond, years beyond 32,767); whatever made the job fail.
    public Table compute() {
        TableBuilder table = new TableBuilder(schema(), Runtime.getRuntime().maxMemory() / 4);
        Execution.run("compute", plan, options, table::append);
        return table.build(PlanText.sources(plan));
    }

    /// Runs and returns the result piece by piece, in order: one table for each partition that has rows. Only one piece is on the
    /// heap at a time, if the caller keeps none. Close the stream; closing it early stops the job.
    ///
    /// **Errors.** As [#compute], except that the limit is one piece's.
    public Stream<Table> stream() {
        Execution execution = Execution.start("stream", plan, options);
        return IntStream.range(0, execution.partitionCount())
                .mapToObj(partition -> table(execution, partition))
                .filter(table -> !table.isEmpty())
                .onClose(execution::close);
    }

    private Table table(Execution execution, int partition) {
        TableBuilder table = new TableBuilder(schema(), Runtime.getRuntime().maxMemory() / 4);
        execution.take(partition, table::append);
        return table.build(PlanText.sources(plan));
    }

    /// Runs and keeps the result in the engine, within its memory limit (it may be spilled to disk). The frame that is returned starts
    /// from there, as do those made of it. The memory goes back at [#unpersist], or when no such frame is reachable any more.
    ///
    /// **Source.** Dask `persist`, which keeps the frame's graph; here only the result is kept.
    public DataFrame persist() {
        HeldResult held = Execution.persist(plan, options);
        List<Integer> columns = IntStream.range(0, schema().size()).boxed().toList();
        return with(new LogicalPlan.Held(held, columns), ".persist()");
    }

    /// Gives back the memory of a frame that [#persist] returned. Frames made of it cannot run any more; jobs that run already end well.
    /// A second call does nothing. **Errors.** When called: USER on any other frame.
    public void unpersist() {
        if (!(plan instanceof LogicalPlan.Held(HeldResult held, var ignored))) {
            throw Errors.notPersisted(code);
        }
        held.release();
    }

    /// Runs and returns the number of rows. No columns are read that the number does not depend on.
    public long count() {
        AggregateCall rows = new AggregateCall("count", Aggregation.Function.COUNT_ROWS, -1);
        long[] count = new long[1];
        Execution.run(
                "count",
                new LogicalPlan.Aggregate(plan, List.of(), List.of(rows)),
                options,
                batch -> count[0] = batch.column(0).longAt(0));
        return count[0];
    }

    /// Runs and prints the first 20 rows to the standard output, with names and types.
    public void show() {
        show(System.out);
    }

    /// As [#show()], to `out`.
    public void show(PrintStream out) {
        RowText text = new RowText(schema(), SHOWN_ROWS);
        Execution.run("show", new LogicalPlan.Limit(plan, SHOWN_ROWS + 1), options, text::append);
        out.print(text);
    }

    /// As [#writeParquet(String, ParquetWriteOptions)] with [ParquetWriteOptions#DEFAULTS].
    public void writeParquet(String path) {
        writeParquet(path, ParquetWriteOptions.DEFAULTS);
    }

    /// Runs and writes the result as one Parquet file, in order. The file appears when it is complete; a run that fails leaves
    /// nothing behind.
    ///
    /// **Errors.** Before anything runs: USER if the target exists and is not to be overwritten; RESOURCE if it cannot be written.
    /// At run: whatever made the job fail.
    public void writeParquet(String path, ParquetWriteOptions options) {
        write("write " + path, ParquetTableWriter.create(path, schema(), options));
    }

    /// As [#writeCsv(String, CsvWriteOptions)] with [CsvWriteOptions#DEFAULTS].
    public void writeCsv(String path) {
        writeCsv(path, CsvWriteOptions.DEFAULTS);
    }

    /// Runs and writes the result as one CSV file; see [#writeParquet(String, ParquetWriteOptions)].
    public void writeCsv(String path, CsvWriteOptions options) {
        write("write " + path, CsvTableWriter.create(path, schema(), options));
    }

    private void write(String verb, TableWriter target) {
        try (target) {
            Execution.run(verb, plan, options, target::write);
            target.commit();
        }
    }

    /// What would run, as text: the plan as written, the plan after the optimizer's rules, and the layers of tasks with their
    /// partitions. Runs nothing, but may look at the metadata of files.
    public String explain() {
        Optimizer.Optimized optimized = Optimizer.optimize(plan, RuleSet.DEFAULT);
        return "logical plan\n" + PlanText.tree(plan)
                + "optimized plan" + rules(optimized.trace()) + "\n" + PlanText.tree(optimized.plan())
                + "layers\n" + GraphText.of(Lowering.lower(optimized.plan()));
    }

    private static String rules(List<String> trace) {
        return trace.isEmpty() ? "" : " (" + String.join(", ", new LinkedHashSet<>(trace)) + ")";
    }

    @Override
    public String toString() {
        return code;
    }
}
