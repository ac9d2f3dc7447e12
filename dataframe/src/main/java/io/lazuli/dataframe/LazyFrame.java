package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.arrow.ArrowTableWriter;
import io.lazuli.dataframe.internal.csv.CsvFormat;
import io.lazuli.dataframe.internal.json.JsonFormat;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.parquet.ParquetTableWriter;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.internal.show.RowText;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.TableWriter;
import io.lazuli.dataframe.internal.tablesaw.TableBuilder;
import io.lazuli.dataframe.io.ArrowWriteOptions;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.dataframe.io.ParquetWriteOptions;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.picture.GraphPicture;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/// A plan of rows that can be run: all that runs anything stands here. [DataFrame] adds what makes other frames, and runs nothing but
/// [DataFrame#persist].
public abstract sealed class LazyFrame permits DataFrame {
    private static final int SHOWN_ROWS = 20;

    final LogicalPlan plan;
    final String code;
    final RunOptions options;

    LazyFrame(LogicalPlan plan, String code, RunOptions options) {
        this.plan = plan;
        this.code = code;
        this.options = options;
    }

    LogicalPlan plan() {
        return plan;
    }

    RunOptions options() {
        return options;
    }

    /// Names and types of the columns.
    public Schema schema() {
        return plan.schema();
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

    /// Runs and hands over the result piece by piece, in order, as [#stream] does; the job has ended when this returns.
    public void forEachBatch(Consumer<Table> consumer) {
        try (Stream<Table> tables = stream()) {
            tables.forEach(Arguments.given(consumer, "consumer"));
        }
    }

    /// Runs and says whether there is no row. No more than one row a partition is computed.
    public boolean isEmpty() {
        return count(new LogicalPlan.Limit(plan, 1)) == 0;
    }

    /// Runs and returns the number of rows. No columns are read that the number does not depend on.
    public long count() {
        return count(plan);
    }

    private long count(LogicalPlan counted) {
        AggregateCall rows = AggregateCall.countRows("count");
        long[] count = new long[1];
        Execution.run(
                "count",
                new LogicalPlan.Aggregate(counted, List.of(), List.of(rows)),
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
        Arguments.given(out, "out");
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
    /// **Units and types.** Decimals become INT64 with their digits, bytes BYTE_ARRAY, durations INT64 in microseconds and a note of
    /// Arrow's schema: [DataFrame#readParquet(String)], pyarrow and Polars read durations, others numbers.
    ///
    /// **Cost.** Partitions are encoded in parallel, each in row groups of its own; nothing but the footer waits for the last one.
    ///
    /// **Errors.** Before anything runs: USER if the target exists and is not to be overwritten; RESOURCE if it cannot be written.
    /// At run: whatever made the job fail.
    public void writeParquet(String path, ParquetWriteOptions options) {
        write("write " + path, ParquetTableWriter.create(path, schema(), Arguments.given(options, "options")));
    }

    /// As [#writeArrow(String, ArrowWriteOptions)] with [ArrowWriteOptions#DEFAULTS].
    public void writeArrow(String path) {
        writeArrow(path, ArrowWriteOptions.DEFAULTS);
    }

    /// Runs and writes the result as one Arrow IPC file, in order; see [#writeParquet(String, ParquetWriteOptions)] on how it appears.
    public void writeArrow(String path, ArrowWriteOptions options) {
        write("write " + path, ArrowTableWriter.create(path, schema(), Arguments.given(options, "options")));
    }

    /// Runs and writes the result to `out` in Arrow's IPC stream format, record batches of at most 65,536 rows in order, as they
    /// come: any Arrow library reads it while it runs. `out` stays open.
    ///
    /// **Errors.** RESOURCE if `out` fails; what was written by then is a stream without an end.
    public void toArrow(OutputStream out) {
        write("stream", ArrowTableWriter.to(Arguments.given(out, "out"), schema()));
    }

    /// As [#writeCsv(String, CsvWriteOptions)] with [CsvWriteOptions#DEFAULTS].
    public void writeCsv(String path) {
        writeCsv(path, CsvWriteOptions.DEFAULTS);
    }

    /// Runs and writes the result as one CSV file, or as a folder with one for each partition; see
    /// [#writeParquet(String, ParquetWriteOptions)]. A name that ends in `.gz` or `.zst` is compressed.
    ///
    /// **Units and types.** Read back the same where types are declared: decimals have all their digits, durations are as ISO 8601
    /// has them. Bytes become hexadecimal digits, which nothing reads back; write Parquet or Arrow to keep them.
    ///
    /// **Cost.** Partitions are formatted and compressed by their own tasks, and appended in order.
    public void writeCsv(String path, CsvWriteOptions options) {
        write("write " + path, CsvFormat.target(path, schema(), Arguments.given(options, "options")));
    }

    /// As [#writeJson(String, JsonWriteOptions)] with [JsonWriteOptions#DEFAULTS].
    public void writeJson(String path) {
        writeJson(path, JsonWriteOptions.DEFAULTS);
    }

    /// Runs and writes the result as lines of JSON objects; otherwise as [#writeCsv(String, CsvWriteOptions)].
    public void writeJson(String path, JsonWriteOptions options) {
        write("write " + path, JsonFormat.target(path, schema(), Arguments.given(options, "options")));
    }

    private void write(String verb, TableWriter target) {
        try (target) {
            Execution.write(verb, plan, options, target);
            target.commit();
        }
    }

    /// What would run, as text: the plan as written, the plan after the optimizer's rules with the sizes it is thought to have, and
    /// the layers of tasks with their partitions. Runs nothing, but may look at the metadata of files.
    public String explain() {
        return explain(Explain.LOGICAL, Explain.OPTIMIZED, Explain.LAYERS);
    }

    /// These parts of the explanation only. [Explain#ANALYZE] runs the plan, at the cost of [#persist] without keeping anything:
    ///
    /// ```
    /// measured in 0.39 s, 0.66 s of work, 0.0 KiB spilled
    /// plan                                     rows   predicted    bytes  predicted
    ///   aggregate by [zone] sum(tip)            100   1,000,000  2.3 KiB   30.5 MiB
    ///     scan trips.parquet [zone, tip] 10,000,000  10,000,000        -  190.7 MiB
    /// layers                               tasks  rows     bytes    work  longest task
    ///   0  scan trips.parquet > aggregate      8   800  31.3 KiB  0.62 s        0.13 s
    ///   1  merge                              32   100   2.3 KiB  0.04 s        0.01 s
    /// ```
    ///
    /// A dash stands where nothing was measured: bytes of rows that were never kept together, and what tasks expanded to. The layers
    /// are those that ran: where sizes decide that nobody knew before, such as which side of a join is shared, notes below say so.
    ///
    /// **Errors.** Of ANALYZE at run: whatever made the job fail.
    ///
    /// **Source.** SQL's `explain analyze`, Dask's `explain(stage)` and `analyze()`.
    public String explain(Explain... parts) {
        return Explanation.of(plan, options, new TreeSet<>(Arguments.all("parts", parts)));
    }

    /// Draws the layers of tasks that would run to a file, `.svg` or `.dot`.
    ///
    /// **Errors.** When called: USER if the file's name asks for another format; RESOURCE if it cannot be written.
    public void visualize(Path file) {
        GraphPicture.of(Lowering.lower(Optimizer.optimize(plan, RuleSet.DEFAULT).plan()))
                .write(Arguments.given(file, "file"));
    }

    @Override
    public String toString() {
        return code;
    }
}
