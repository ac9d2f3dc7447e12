package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.arrow.ArrowSource;
import io.lazuli.dataframe.internal.arrow.ReceivedStream;
import io.lazuli.dataframe.internal.csv.CsvSource;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.json.JsonSource;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.parquet.ParquetSource;
import io.lazuli.dataframe.internal.plan.HeldResult;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.record.RecordType;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.tablesaw.TableFunction;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.io.JsonReadOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.function.Function1;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
/// withColumns and limit keep it; groups and joins come in no particular order. What
/// depends on the order, such as [Expr#shift(long)] and [Expr#cumulative], refuses rows without one.
///
/// `toString()` is the code that builds the frame.
public final class DataFrame extends LazyFrame {
    private DataFrame(LogicalPlan plan, String code, RunOptions options) {
        super(plan, code, options);
    }

    static DataFrame scan(Source source, String code) {
        List<Integer> columns = IntStream.range(0, source.schema().size()).boxed().toList();
        return new DataFrame(new LogicalPlan.Scan(source, columns, Optional.empty()), code, RunOptions.DEFAULTS);
    }

    /// The rows of a Parquet file, of all `.parquet` files in a folder, or of all files that match a pattern such as
    /// `trips/2024-*.parquet`.
    ///
    /// **Shape.** A folder is read with its subfolders that are named `key=value`, as Hive and Spark write them: each key becomes a
    /// column behind those of the files, LONG if all values are whole numbers, DATE if all are days such as 2024-01-31, else UTF8;
    /// `__HIVE_DEFAULT_PARTITION__` is null. It counts more than a column of that name in the files.
    ///
    /// **Units and types.** Integers of up to 32 bits become INT (unsigned ones of 32 bits LONG), of 64 bits LONG; floats FLOAT64;
    /// timestamps of any unit TIMESTAMP in microseconds, which are in UTC where the file says so; times of the day the DURATION since
    /// midnight. Decimals of up to 18 digits are exact, however they are stored, and have the most digits that one of the files
    /// declares. Bytes that are no text are BINARY, as are the 16 bytes of a UUID. Durations, which Parquet does not know, are found
    /// where the writer noted the schema of Arrow, as [#writeParquet(String)], pyarrow and Polars do; else they are LONG. Columns of
    /// other types (nested ones, longer decimals, intervals) are left out; using one is an error that says why.
    ///
    /// **Cost.** Only the columns that are used are read. Filters leave out whole folders, files, row groups and pages by their names
    /// and statistics, and decode other columns only where theirs have rows of interest. Of more than 16 files, small ones share
    /// partitions.
    ///
    /// **Eager.** Reads the footers. **Errors.** When called: USER if there is no such file; DATA if one is not Parquet or has
    /// other columns than the first; RESOURCE if one cannot be read.
    ///
    /// **Source.** pandas and Dask `read_parquet`.
    public static DataFrame readParquet(String path) {
        return scan(ParquetSource.open(Arguments.given(path, "path")),
                "DataFrame.readParquet(" + Code.quote(path) + ")");
    }

    /// The rows of an Arrow IPC file or stream (Feather version 2, too), of all `.arrow` files in a folder, or of all files that
    /// match a pattern. Buffers may be compressed with LZ4 or Zstandard; dictionaries are resolved.
    ///
    /// **Units and types.** Integers of up to 32 bits become INT (unsigned ones of 32 bits LONG), of 64 bits LONG; floats FLOAT64;
    /// dates DATE; timestamps of any unit and zone TIMESTAMP in microseconds, which are in UTC where there is a zone; durations
    /// DURATION, as are times of the day, since midnight; decimals of up to 18 digits decimals; bytes of any layout BINARY. What is
    /// finer than microseconds is rounded down. Columns of other types are left out; using one is an error that says why.
    ///
    /// **Eager.** Reads the metadata of all messages. **Errors.** When called: USER if there is no such file; DATA if one is not
    /// Arrow or has other columns than the first. At run: DATA if a file is damaged or a value does not fit its type here.
    ///
    /// **Source.** pyarrow `ipc.open_file`, `ipc.open_stream`, `feather.read_table`.
    public static DataFrame readArrow(String path) {
        return scan(ArrowSource.open(Arguments.given(path, "path")), "DataFrame.readArrow(" + Code.quote(path) + ")");
    }

    /// The rows of a stream in Arrow's IPC format, as [#toArrow] and all Arrow libraries write it; types as in
    /// [#readArrow(String)].
    ///
    /// **Eager.** Reads the stream to its end, into a temporary file that lasts as long as a frame refers to it; `in` stays open.
    /// **Errors.** When called: RESOURCE if the stream fails or there is no room for the file; DATA if it is not Arrow. At run: DATA
    /// if it is damaged or a value does not fit its type here.
    ///
    /// **Source.** pyarrow `ipc.open_stream`.
    public static DataFrame fromArrow(InputStream in) {
        return scan(ReceivedStream.receive(Arguments.given(in, "in")), "DataFrame.fromArrow(in)");
    }

    /// The rows that another collection makes: see [#partitions] for the way back.
    ///
    /// @param rows   blocks with the columns of `schema`, in its order
    /// @param name   what people see in plans
    public static DataFrame of(Upstream rows, Schema schema, String name) {
        List<Integer> columns = IntStream.range(0, schema.size()).boxed().toList();
        return new DataFrame(new LogicalPlan.Given(rows, schema, columns, name), name, RunOptions.DEFAULTS);
    }

    /// As [#readCsv(String, CsvReadOptions)] with [CsvReadOptions#DEFAULTS].
    public static DataFrame readCsv(String path) {
        return scan(CsvSource.open(Arguments.given(path, "path"), CsvReadOptions.DEFAULTS),
                "DataFrame.readCsv(" + Code.quote(path) + ")");
    }

    /// The rows of a CSV file, of all `.csv` files in a folder, or of all files that match a pattern.
    ///
    /// **Eager.** Reads samples, to guess the types that are not declared. **Errors.** When called: USER if there is no such file or a
    /// declared column is not in it; DATA if files have different columns. At run: DATA if a field is not of its column's type,
    /// naming file, line and text.
    ///
    /// **Source.** pandas and Dask `read_csv`.
    public static DataFrame readCsv(String path, CsvReadOptions options) {
        return scan(CsvSource.open(Arguments.given(path, "path"), Arguments.given(options, "options")),
                "DataFrame.readCsv(" + Code.quote(path) + ", options)");
    }

    /// As [#readJson(String, JsonReadOptions)] with [JsonReadOptions#DEFAULTS].
    public static DataFrame readJson(String path) {
        return scan(JsonSource.open(Arguments.given(path, "path"), JsonReadOptions.DEFAULTS),
                "DataFrame.readJson(" + Code.quote(path) + ")");
    }

    /// The rows of a file of JSON lines, of all `.json`, `.jsonl` and `.ndjson` files in a folder, or of all files that match a
    /// pattern; gzip and Zstandard are decompressed. Each line is an object, each of its keys a column.
    ///
    /// **Eager.** Reads samples, to learn the keys and to guess the types that are not declared.
    ///
    /// **Units and types.** Integers become INT or LONG, other numbers and integers beyond 64 bits FLOAT64, texts UTF8; DATE and
    /// TIMESTAMP are read from texts where declared. Keys with arrays or objects are no columns, and keys that neither the samples
    /// nor the declared types have are passed over.
    ///
    /// **Nulls, NaN, order.** A missing key is null. Rows keep their order.
    ///
    /// **Errors.** When called: USER if there is no such file; DATA if a sampled line is no object or files have different keys. At
    /// run: DATA if a line is no object, has a key twice or a value that is not of its column's type, naming file and line.
    ///
    /// **Source.** pandas and Dask `read_json(lines=True)`.
    public static DataFrame readJson(String path, JsonReadOptions options) {
        return scan(JsonSource.open(Arguments.given(path, "path"), Arguments.given(options, "options")),
                "DataFrame.readJson(" + Code.quote(path) + ", options)");
    }

    DataFrame with(LogicalPlan next, String call) {
        return new DataFrame(next, code + call, options);
    }

    DataFrame with(LogicalPlan next, String call, RunOptions nextOptions) {
        return new DataFrame(next, code + call, nextOptions);
    }

    /// The rows for which the predicate is true (not those for which it is null).
    ///
    /// **Nulls, NaN, order.** Keeps the order of rows. **Errors.** When called: USER if a name or type is wrong.
    public DataFrame filter(Expr predicate) {
        ExprSize.check(List.of(Arguments.given(predicate, "predicate")));
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
        List<String> names = Arguments.all("columns", columns);
        return with(ColumnPlanner.named(plan, names), ".select(" + Code.quotedList(names) + ")");
    }

    /// These expressions only, in this order; see [Expr] on their names.
    public DataFrame select(Expr... columns) {
        List<Expr> given = Arguments.all("columns", columns);
        return with(ColumnPlanner.computed(plan, given), ".select(" + Code.list(given) + ")");
    }

    /// All columns, and these: each takes the place of the column of its name, or comes last. All of them see the columns as they
    /// were before.
    ///
    /// **Source.** polars `with_columns`, pandas `assign`.
    public DataFrame withColumns(Expr... columns) {
        List<Expr> given = Arguments.all("columns", columns);
        return with(ColumnPlanner.extended(plan, given), ".withColumns(" + Code.list(given) + ")");
    }

    /// All columns but these.
    public DataFrame drop(String... columns) {
        List<String> names = Arguments.all("columns", columns);
        return with(ColumnPlanner.without(plan, names), ".drop(" + Code.quotedList(names) + ")");
    }

    /// The same columns, one under another name.
    public DataFrame rename(String from, String to) {
        Map<String, String> names = Map.of(Arguments.given(from, "column"), Arguments.given(to, "to"));
        return with(ColumnPlanner.renamed(plan, names), ".rename(" + Code.quote(from) + ", " + Code.quote(to) + ")");
    }

    /// The same columns, some under other names: from each key to its value.
    ///
    /// **Errors.** When called: USER if a column is missing, or two would have one name.
    public DataFrame rename(Map<String, String> names) {
        Arguments.given(names, "names").forEach((from, to) -> {
            Arguments.given(from, "names");
            Arguments.given(to, "names");
        });
        Map<String, String> ordered = new TreeMap<>(names);
        String entries = ordered.entrySet().stream()
                .map(entry -> Code.quote(entry.getKey()) + ", " + Code.quote(entry.getValue()))
                .collect(Collectors.joining(", "));
        return with(ColumnPlanner.renamed(plan, ordered), ".rename(Map.of(" + entries + "))");
    }

    /// The columns of these types, in the order of the frame.
    public DataFrame selectTypes(DataType... types) {
        List<DataType> given = Arguments.all("types", types);
        String names = given.stream().map(Code::type).collect(Collectors.joining(", "));
        return with(ColumnPlanner.ofTypes(plan, given), ".selectTypes(" + names + ")");
    }

    /// The same columns, these first, in this order.
    public DataFrame reorder(String... first) {
        List<String> names = Arguments.all("first", first);
        return with(ColumnPlanner.reordered(plan, names), ".reorder(" + Code.quotedList(names) + ")");
    }

    /// The number of each row as the first column, a LONG from 0.
    ///
    /// **Nulls, NaN, order.** Needs rows in an order: of a scan, or sorted. **Cost.** The rows are kept as blocks until those before are
    /// counted; no exchange. **Source.** pandas and Dask `reset_index`, which in Dask starts anew in each partition.
    public DataFrame withRowIndex(String name) {
        return with(ColumnPlanner.numbered(plan, name), ".withRowIndex(" + Code.quote(name) + ")");
    }

    /// The rows that are not null in any of these columns; in any at all where none is named. NaN is not null.
    ///
    /// **Source.** pandas and Dask `dropna`.
    public DataFrame dropNulls(String... columns) {
        List<String> names = Arguments.all("columns", columns);
        DataFrame kept = (names.isEmpty() ? schema().names() : names).stream()
                .map(name -> Expressions.col(name).isNotNull())
                .reduce(Expr::and)
                .map(this::filter)
                .orElse(this);
        return with(kept.plan, ".dropNulls(" + Code.quotedList(names) + ")");
    }

    /// This number for nulls in all columns of numbers that can hold it; the types of columns stay.
    ///
    /// **Errors.** When called: USER if there is no such column.
    public DataFrame fillNull(long value) {
        return fillNull(Expressions.lit(value), type -> type == DataType.LONG || type == DataType.FLOAT64
                || type == DataType.INT && value == (int) value);
    }

    /// This number for nulls in all columns of FLOAT64; see [#fillNull(long)].
    public DataFrame fillNull(double value) {
        return fillNull(Expressions.lit(value), type -> type == DataType.FLOAT64);
    }

    /// This text for nulls in all columns of UTF8; see [#fillNull(long)].
    public DataFrame fillNull(String value) {
        return fillNull(Expressions.lit(value), type -> type == DataType.UTF8);
    }

    /// This value for nulls in all columns of BOOL; see [#fillNull(long)].
    public DataFrame fillNull(boolean value) {
        return fillNull(Expressions.lit(value), type -> type == DataType.BOOL);
    }

    /// This day for nulls in all columns of DATE; see [#fillNull(long)].
    public DataFrame fillNull(LocalDate value) {
        return fillNull(Expressions.lit(value), type -> type == DataType.DATE);
    }

    /// This time for nulls in all columns of TIMESTAMP; see [#fillNull(long)].
    public DataFrame fillNull(LocalDateTime value) {
        return fillNull(Expressions.lit(value), type -> type == DataType.TIMESTAMP);
    }

    private DataFrame fillNull(Expr value, Predicate<DataType> fits) {
        String call = "fillNull(" + Code.argument(value) + ")";
        return with(ColumnPlanner.filled(plan, value, fits, call), "." + call);
    }

    /// The value of an expression for nulls in one column: `fillNull("tip", col("fare").times(0.1))`.
    public DataFrame fillNull(String column, Expr value) {
        return with(ColumnPlanner.filled(plan, List.of(Arguments.given(column, "column")), value),
                ".fillNull(" + Code.quote(column) + ", " + value + ")");
    }

    /// For nulls the last value before that is not null, in these columns; in all where none is named.
    ///
    /// **Nulls, NaN, order.** Needs rows in an order, see [Expr#shift(long)]. **Source.** pandas and Dask `ffill`.
    public DataFrame forwardFill(String... columns) {
        List<String> names = Arguments.all("columns", columns);
        return with(ColumnPlanner.changed(plan, names, Expr::forwardFill),
                ".forwardFill(" + Code.quotedList(names) + ")");
    }

    /// As [#forwardFill(String...)], of at most `limit` nulls in a row; see [Expr#forwardFill(long)].
    public DataFrame forwardFill(long limit, String... columns) {
        List<String> names = Arguments.all("columns", columns);
        return with(ColumnPlanner.changed(plan, names, column -> column.forwardFill(limit)),
                ".forwardFill(" + Code.limited(limit, names) + ")");
    }

    /// For nulls the next value that is not null, in these columns; in all where none is named. See [#forwardFill(String...)].
    public DataFrame backwardFill(String... columns) {
        List<String> names = Arguments.all("columns", columns);
        return with(ColumnPlanner.changed(plan, names, Expr::backwardFill),
                ".backwardFill(" + Code.quotedList(names) + ")");
    }

    /// As [#backwardFill(String...)], of at most `limit` nulls in a row; see [Expr#backwardFill(long)].
    public DataFrame backwardFill(long limit, String... columns) {
        List<String> names = Arguments.all("columns", columns);
        return with(ColumnPlanner.changed(plan, names, column -> column.backwardFill(limit)),
                ".backwardFill(" + Code.limited(limit, names) + ")");
    }

    /// The rows by the values of some columns, to be aggregated. Null is a group of its own, NaN is equal to NaN.
    public GroupedFrame groupBy(String... keys) {
        List<String> names = Arguments.all("keys", keys);
        List<Expr> columns = names.stream().map(Expressions::col).toList();
        return new GroupedFrame(this, columns, ".groupBy(" + Code.quotedList(names) + ")");
    }

    /// As [#groupBy(String...)], by computed values: `groupBy(col("pickup").dt().hour().as("hour"))`.
    public GroupedFrame groupBy(Expr... keys) {
        List<Expr> columns = ExprSize.checked("keys", keys);
        return new GroupedFrame(this, columns, ".groupBy(" + Code.list(columns) + ")");
    }

    /// One row: aggregates of all rows, also where there are none.
    ///
    /// **Example.** `trips.agg(sum("fare"), max("tip").minus(min("tip")).as("range"))`
    public DataFrame agg(Expr... aggregates) {
        List<Expr> outputs = ExprSize.checked("aggregates", aggregates);
        return aggregate(List.of(), outputs, ".agg(" + Code.list(outputs) + ")");
    }

    DataFrame aggregate(List<Expr> keys, List<Expr> aggregates, String call) {
        return with(GroupPlanner.plan(plan, keys, aggregates), call);
    }

    /// Each different row once; nulls are equal to each other, NaN to NaN. In no particular order.
    ///
    /// **Cost.** Each partition sends its different rows. **Source.** SQL `select distinct`, pandas `drop_duplicates`.
    public DataFrame distinct() {
        List<Expr> columns = schema().names().stream().map(Expressions::col).toList();
        return with(GroupPlanner.plan(plan, columns, List.of()), ".distinct()");
    }

    /// Of the rows that are equal in these columns, the first, whole; in no particular order.
    ///
    /// **Source.** pandas `drop_duplicates(subset)`, which keeps the first as well.
    public DataFrame distinct(String... columns) {
        List<String> names = Arguments.all("columns", columns);
        if (names.isEmpty()) {
            return distinct();
        }
        List<Expr> keys = names.stream().map(Expressions::col).toList();
        return with(GroupPlanner.first(plan, keys, List.of(), 1), ".distinct(" + Code.quotedList(names) + ")");
    }

    /// How often each value of a column occurs: the column and `count`, the most frequent first, equally frequent values in their own
    /// order. Null counts as a value; `groupBy(column).dropNullKeys()` leaves it out.
    ///
    /// **Source.** pandas and Dask `value_counts`, without null there.
    public DataFrame valueCounts(String column) {
        DataFrame counts = groupBy(column).agg(Expressions.count());
        SortKey mostFirst = Expressions.col("count").desc();
        return with(SortPlanner.plan(counts.plan, List.of(mostFirst, Expressions.col(column).asc())),
                ".valueCounts(" + Code.quote(column) + ")");
    }

    /// Pairs of rows of this frame and the other with equal keys, which are named next: `orders.join(people).on("id")`.
    ///
    /// **Source.** This and the other joins are those of SQL; pandas and Dask `merge`, polars `join`.
    public JoinedFrame join(DataFrame other) {
        return JoinedFrame.of(this, other, JoinKind.INNER, "join");
    }

    /// As [#join], and every row of this frame without a partner once, with nulls in the columns of the other.
    public JoinedFrame leftJoin(DataFrame other) {
        return JoinedFrame.of(this, other, JoinKind.LEFT, "leftJoin");
    }

    /// As [#join], and every row of the other frame without a partner once, with nulls in the columns of this one but the keys.
    public JoinedFrame rightJoin(DataFrame other) {
        return JoinedFrame.of(this, other, JoinKind.RIGHT, "rightJoin");
    }

    /// As [#join], and every row of both frames without a partner once, with nulls in the columns of the other but the keys.
    public JoinedFrame fullJoin(DataFrame other) {
        return JoinedFrame.of(this, other, JoinKind.FULL, "fullJoin");
    }

    /// The rows of this frame that have a partner in the other, each once however many it has; no columns of the other.
    public JoinedFrame semiJoin(DataFrame other) {
        return JoinedFrame.of(this, other, JoinKind.SEMI, "semiJoin");
    }

    /// The rows of this frame that have no partner in the other, among them those with a null key; no columns of the other.
    public JoinedFrame antiJoin(DataFrame other) {
        return JoinedFrame.of(this, other, JoinKind.ANTI, "antiJoin");
    }

    /// Every row of this frame with every row of the other: the columns of this one, then those of the other.
    ///
    /// **Shape.** Rows: the product of both counts. **Nulls, NaN, order.** In no particular order. **Cost.** Pairs are made batch by
    /// batch, so that memory bounds only what is done with them. **Errors.** When called: USER if names collide.
    public DataFrame crossJoin(DataFrame other) {
        return with(
                JoinPlanner.cross(plan, Arguments.given(other, "other").plan, "", "crossJoin(other, \"_right\")"),
                ".crossJoin(" + other + ")",
                options.and(other.options));
    }

    /// As [#crossJoin(DataFrame)]; columns of the other frame whose names this one has too get `suffix`.
    public DataFrame crossJoin(DataFrame other, String suffix) {
        return with(
                JoinPlanner.cross(plan, Arguments.given(other, "other").plan, Arguments.given(suffix, "suffix"),
                        "a suffix that is not empty"),
                ".crossJoin(%s, %s)".formatted(other, Code.quote(suffix)), options.and(other.options));
    }

    /// The rows in ascending order of these columns, the first the most significant; nulls last. Stable.
    public DataFrame sort(String... columns) {
        List<String> names = Arguments.all("columns", columns);
        List<SortKey> keys = names.stream().map(name -> Expressions.col(name).asc()).toList();
        return with(SortPlanner.plan(plan, keys), ".sort(" + Code.quotedList(names) + ")");
    }

    /// As [#sort(String...)], by any expressions in any direction: `sort(col("fare").desc(), col("zone").asc())`.
    ///
    /// **Cost.** One exchange of all rows; followed by [#limit], only of as many rows a partition.
    public DataFrame sort(SortKey... keys) {
        List<SortKey> given = Arguments.all("keys", keys);
        return with(SortPlanner.plan(plan, given), ".sort(" + Code.list(given) + ")");
    }

    /// The first `count` rows.
    public DataFrame limit(long count) {
        if (count < 0) {
            throw Errors.negativeLimit(count);
        }
        return with(new LogicalPlan.Limit(plan, count), ".limit(" + count + ")");
    }

    /// As [#limit].
    public DataFrame head(long count) {
        return limit(count);
    }

    /// The last `count` rows, in order.
    ///
    /// **Cost.** One pass; no partition keeps more rows than these.
    public DataFrame tail(long count) {
        String call = "tail(" + count + ")";
        return with(RowPlanner.tail(plan, count, call), "." + call);
    }

    /// `count` rows from row `offset` on, counted from 0; fewer where the frame ends.
    ///
    /// **Cost.** The rows before are computed, too. Rows stay in their partitions where they are many.
    public DataFrame slice(long offset, long count) {
        String call = "slice(%d, %d)".formatted(offset, count);
        return with(RowPlanner.slice(plan, offset, count, call), "." + call);
    }

    /// About this share of the rows, each chosen by chance on its own, in order.
    ///
    /// **Nulls, NaN, order.** The choice depends on the seed and on where a row stands (partition and row), so it is the same for the
    /// same frame however many threads or workers there are. **Cost.** One pass. **Source.** pandas and Dask `sample(frac)`.
    public DataFrame sample(double share, long seed) {
        String call = "sample(%s, %s)".formatted(share, Code.literal(seed));
        return with(RowPlanner.sample(plan, share, seed, call), "." + call);
    }

    /// Exactly `count` rows (all, if there are fewer), any of them equally likely, in order. See [#sample].
    ///
    /// **Cost.** One pass; up to `count` rows of each partition are kept.
    public DataFrame sampleRows(long count, long seed) {
        String call = "sampleRows(%d, %s)".formatted(count, Code.literal(seed));
        return with(RowPlanner.sampleRows(plan, count, seed, call), "." + call);
    }

    /// The rows divided among as many frames as there are weights, each row by chance: `randomSplit(7, 0.8, 0.2)`. Every row
    /// is in exactly one of them; see [#sample].
    ///
    /// **Errors.** When called: USER unless there are two weights or more, none negative and not all 0.
    public List<DataFrame> randomSplit(long seed, double... weights) {
        String call = "randomSplit(%s, %s)"
                .formatted(Code.literal(seed),
                        Arrays.stream(Arguments.given(weights, "weights")).mapToObj(Double::toString)
                                .collect(Collectors.joining(", ")));
        List<LogicalPlan> parts = RowPlanner.randomSplit(plan, seed, weights, call);
        return IntStream.range(0, parts.size())
                .mapToObj(i -> with(parts.get(i), "." + call + ".get(" + i + ")"))
                .toList();
    }

    /// The rows in random order, every order equally likely; see [#sample].
    ///
    /// **Cost.** One exchange of all rows.
    public DataFrame shuffle(long seed) {
        return with(RowPlanner.shuffle(plan, seed), ".shuffle(" + Code.literal(seed) + ")");
    }

    /// The rows of this frame, then those of the others, in the order in which they are named.
    ///
    /// **Units and types.** Columns go together by name, in the order of this frame; types meet in the wider one, as in [Expr].
    /// **Cost.** None but that of the frames; rows are not moved. **Errors.** When called: USER if a frame lacks a column of this
    /// one, has one more, or has one of a type that does not go with it.
    ///
    /// **Source.** pandas and Dask `concat`, which fill missing columns with nulls.
    public DataFrame concat(DataFrame... others) {
        List<LogicalPlan> inputs = new ArrayList<>(List.of(plan));
        RunOptions all = options;
        for (DataFrame other : Arguments.all("others", others)) {
            inputs.add(other.plan);
            all = all.and(other.options);
        }
        return others.length == 0
                ? this
                : with(RowPlanner.concat(inputs), ".concat(" + Code.list(Arguments.all("others", others)) + ")", all);
    }

    /// The same rows in order, in so many partitions of equal size.
    ///
    /// **Cost.** The rows are kept as blocks and exchanged by reference. **Source.** Dask `repartition(npartitions)`.
    public DataFrame repartition(int partitionCount) {
        String call = "repartition(" + partitionCount + ")";
        return with(RowPlanner.repartition(plan, partitionCount, call), "." + call);
    }

    /// The rows as records of your own class, whose components are columns by name. See [Rows].
    ///
    /// **Errors.** When called: USER if a component has no column, or one of another type.
    public <T extends Record> Rows<T> rows(Class<T> recordClass) {
        RecordType<T> type = RecordType.of(Arguments.given(recordClass, "recordClass"));
        return new Rows<>(with(RowPlanner.records(plan, type), ".rows(" + type.name() + ".class)"), type);
    }

    /// What your function makes of each partition, given and returned as a Tablesaw table with the declared columns in any order.
    ///
    /// The function must be pure and safe to call from several threads, and accept a table without rows. Values become Tablesaw's as
    /// in [#compute]; missing values come back as nulls.
    ///
    /// **Nulls, NaN, order.** Rows keep the order that the function gives them. **Cost.** A partition at a time is on the heap, for each
    /// thread. **Errors.** At run: USER if the function fails or returns other columns than declared, naming the partition; those of
    /// [#compute]. **Source.** Dask `map_partitions`, whose `meta` is a guess where this schema is checked.
    public DataFrame mapPartitions(Schema schema, Function1<Table, Table> function) {
        TableFunction tables = tableFunction(TableFunction.Method.MAP_PARTITIONS, schema, function);
        return with(new LogicalPlan.MapPartitions(plan, tables, schema), ".mapPartitions(" + schema + ", ...)");
    }

    /// As [#mapPartitions], and each table has rows around its partition: it begins with the last `before` rows that come before the
    /// partition and ends with the first `after` rows that come behind it; with fewer where the frame begins or ends. Your function
    /// returns one row for each row of the table, in order. Those that stand for rows around are dropped, so each row of the frame
    /// comes out once, and what looks no farther than these rows gives the same in any partitions:
    ///
    /// ```java
    /// // what each price is above the one before it
    /// prices.mapOverlap(Schema.of(new Field("change", DataType.FLOAT64)), 1, 0,
    ///         table -> Table.create(table.doubleColumn("price").difference().setName("change")));
    /// ```
    ///
    /// A table may have one row only, which Tablesaw's rolling windows and lags do not accept. The function is not called for partitions
    /// without rows.
    ///
    /// **Nulls, NaN, order.** Needs rows in an order, see [Expr#shift(long)], and keeps it. **Cost.** The rows are kept as blocks until
    /// the edges of all partitions are there; no exchange. Where partitions are shorter than `before` or `after`, rows come from as many
    /// as it takes. A partition at a time is on the heap with the rows around it, for each thread.
    ///
    /// **Errors.** When called: USER if a number is negative, or the rows come in no order. At run: USER if the function returns more or
    /// fewer rows than it got; those of [#mapPartitions].
    ///
    /// **Source.** Dask `map_overlap`, which fails where a partition is shorter than what is asked for.
    public DataFrame mapOverlap(Schema schema, int before, int after, Function1<Table, Table> function) {
        TableFunction tables = tableFunction(TableFunction.Method.MAP_OVERLAP, schema, function);
        String call = "mapOverlap(%s, %d, %d, ...)".formatted(schema, before, after);
        return with(RowPlanner.overlap(plan, tables, before, after, schema, call), "." + call);
    }

    private TableFunction tableFunction(TableFunction.Method method, Schema schema, Function1<Table, Table> function) {
        return TableFunction.of(
                method, schema(), Arguments.given(schema, "schema"), Arguments.given(function, "function"),
                CallSite.find());
    }

    /// One row for each column: `column` and `type`, `count` of its values and of its `nulls`; `mean`, `std` (of a sample), `quartile1`,
    /// `median` and `quartile3` of numbers as FLOAT64, null for other types; and `min` and `max` as text.
    ///
    /// **Cost.** One pass; quartiles and medians are exact, so all numbers pass an exchange. **Source.** pandas and Dask `describe`,
    /// which have a column for each column, and approximate the quartiles in Dask.
    public DataFrame describe() {
        return with(Description.plan(plan), ".describe()");
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

    /// The partitions of this frame for another collection, which makes them a part of its own graph. A block has the columns of the
    /// schema, in its order.
    ///
    /// **Lazy.** Nothing runs. **Cost.** Where sizes that nobody knows would decide how to join, guesses decide: [#persist] before is better then.
    public Upstream partitions() {
        return Execution.upstream(plan);
    }

    /// The engine that [#withEngine] named.
    public Optional<Engine> engine() {
        return options.engine();
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
}
