package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.record.RecordFunction;
import io.lazuli.dataframe.internal.record.RecordFunction.Kind;
import io.lazuli.dataframe.internal.record.RecordType;
import io.lazuli.graph.function.Function1;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The rows of a frame as records of your own, made by [DataFrame#rows].
///
/// ```java
/// record Trip(String zone, double fare, double tip) {}
/// record Share(String zone, double share) {}
///
/// DataFrame shares = trips.rows(Trip.class)
///         .filter(trip -> trip.fare() > 0)
///         .map(Share.class, trip -> new Share(trip.zone(), trip.tip() / trip.fare()))
///         .toFrame();
/// ```
///
/// A component is the column of its name; columns without a component are not read. Components are `boolean`, `int`, `long`, `double`
/// or their wrapper classes, `String`, `LocalDate` and `LocalDateTime`. An INT column also fits a `long` or `double`.
///
/// **Lazy.** Only [#stream] and [#toList] run anything. Functions must be pure and safe to call from several threads.
///
/// **Nulls, NaN, order.** A null becomes null; one that meets a primitive component fails the job and names the row. The order
/// of rows is kept. **Cost.** A pass over the rows, one object for each; expressions are several times faster where they will do.
/// **Errors.** At run: USER if a function fails or returns null, showing the row and the line that called this method; DATA if a
/// null meets a primitive. **Source.** typed datasets of Spark; Dask has none.
public final class Rows<T extends Record> {
    private final DataFrame frame;
    private final RecordType<T> type;

    /// @param frame with exactly the columns of the record
    Rows(DataFrame frame, RecordType<T> type) {
        this.frame = frame;
        this.type = type;
    }

    /// The rows for which the function returns true.
    public Rows<T> filter(Function1<? super T, Boolean> predicate) {
        return new Rows<>(apply(Kind.FILTER, type, predicate, ".filter(...)"), type);
    }

    /// One row for each: what the function returns.
    ///
    /// **Errors.** When called: USER if a component of `result` is of no column's type.
    public <R extends Record> Rows<R> map(Class<R> result, Function1<? super T, R> function) {
        RecordType<R> output = RecordType.of(Arguments.given(result, "result"));
        return new Rows<>(apply(Kind.MAP, output, function, ".map(" + output.name() + ".class, ...)"), output);
    }

    /// For each row all that the function returns, in order; none for an empty list.
    ///
    /// **Errors.** When called: USER if a component of `result` is of no column's type.
    public <R extends Record> Rows<R> flatMap(Class<R> result, Function1<? super T, ? extends Iterable<R>> function) {
        RecordType<R> output = RecordType.of(Arguments.given(result, "result"));
        return new Rows<>(apply(Kind.FLAT_MAP, output, function, ".flatMap(" + output.name() + ".class, ...)"), output);
    }

    private <R extends Record> DataFrame apply(Kind kind, RecordType<R> output, Function1<? super T, ?> function,
            String call) {
        RowFunction rows =
                RecordFunction.of(kind, type, output, Arguments.given(function, "function"), CallSite.find());
        return frame.with(new LogicalPlan.MapRows(frame.plan(), rows, output.schema()), call);
    }

    /// The rows as a frame, with a column for each component.
    public DataFrame toFrame() {
        return frame;
    }

    /// Runs and returns the rows in order. Those of one partition are on the heap at a time, if the caller keeps none. Close the
    /// stream; closing it early stops the job.
    public Stream<T> stream() {
        Execution execution = Execution.start("stream", frame.plan(), frame.options());
        return IntStream.range(0, execution.partitionCount())
                .mapToObj(partition -> records(execution, partition).stream())
                .flatMap(records -> records)
                .onClose(execution::close);
    }

    private List<T> records(Execution execution, int partition) {
        List<T> records = new ArrayList<>();
        execution.take(partition, rows -> records.addAll(type.read(rows, new RowFunction.Place(partition, 0))));
        return records;
    }

    /// Runs and returns all rows, in order; they must fit on the heap.
    public List<T> toList() {
        try (Stream<T> rows = stream()) {
            return rows.toList();
        }
    }

    @Override
    public String toString() {
        return frame.toString();
    }
}
