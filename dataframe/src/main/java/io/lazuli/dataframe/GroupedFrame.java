package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import java.util.List;

/// Rows in groups, between [DataFrame#groupBy] and [#agg].
public final class GroupedFrame {
    private final DataFrame rows;
    private final List<Expr> keys;
    private final String code;

    GroupedFrame(DataFrame rows, List<Expr> keys, String code) {
        if (keys.isEmpty()) {
            throw Errors.nothingGiven("groupBy()", "column; agg(...) without groupBy aggregates all rows");
        }
        this.rows = rows;
        this.keys = keys;
        this.code = code;
    }

    /// One row a group: the keys, then these expressions, each made of aggregates, keys and constants. Without any, the distinct
    /// combinations of the keys.
    ///
    /// **Nulls, NaN, order.** Aggregates skip nulls; groups come in no particular order. **Cost.** One pass; each partition sends its groups,
    /// not its rows. **Errors.** When called: USER if a name or type is wrong, or a column stands outside of an aggregate.
    ///
    /// **Example.** `trips.groupBy("zone").agg(sum("fare"), max("tip").minus(min("tip")).as("range"))` has the columns `zone`, `fare_sum` and
    /// `range`.
    public DataFrame agg(Expr... aggregates) {
        List<Expr> outputs = ExprSize.checked("aggregates", aggregates);
        return rows.aggregate(keys, outputs, code + ".agg(" + Code.list(outputs) + ")");
    }

    /// Without the rows of which a key is null; otherwise null is a group of its own.
    ///
    /// **Source.** pandas and Dask `groupby(dropna=True)`, which is their default.
    public GroupedFrame dropNullKeys() {
        return new GroupedFrame(GroupPlanner.withoutNullKeys(rows, keys), keys, code + ".dropNullKeys()");
    }

    /// The first `count` rows of each group in the order of these keys, with all columns of the frame: `groupBy("id6").top(2,
    /// col("v3").desc())` are the rows of the two largest `v3` of each `id6`.
    ///
    /// **Nulls, NaN, order.** As in [DataFrame#sort(SortKey...)]: nulls last unless told, NaN above every number. Of equal rows the one that
    /// comes first in the frame is taken. The result is in no particular order. **Cost.** One pass; each partition sends at most `count` rows a
    /// group. **Errors.** When called: USER if a name or type is wrong or `count` is negative.
    ///
    /// **Source.** SQL `row_number() over (partition by ... order by ...) <= count`, pandas `nlargest` of groups.
    public DataFrame top(int count, SortKey... order) {
        if (Arguments.given(order, "order").length == 0) {
            throw Errors.nothingGiven("top(" + count + ")", "sort key; head(count) takes the first rows as they are");
        }
        return first(count, Arguments.all("order", order),
                ".top(" + count + ", " + Code.list(Arguments.all("order", order)) + ")", "top");
    }

    /// The first `count` rows of each group in the order of the frame, with all columns of the frame; in no particular order. Cost and errors
    /// as [#top].
    ///
    /// **Source.** pandas and Dask `groupby(...).head(n)`.
    public DataFrame head(int count) {
        return first(count, List.of(), ".head(" + count + ")", "head");
    }

    /// The last `count` rows of each group in the order of the frame, with all columns of the frame; in no particular order. Errors as of
    /// [#top].
    ///
    /// **Cost.** As [#top], but that every row is copied once, since each is the last of its group until the next comes.
    ///
    /// **Source.** pandas and Dask `groupby(...).tail(n)`.
    public DataFrame tail(int count) {
        checkCount("tail", count);
        return rows.with(GroupPlanner.last(rows.plan(), keys, count), code + ".tail(" + count + ")");
    }

    /// The most frequent value of a column in each group: the keys, then the value as `<column>_mode`. Of equally frequent values it is
    /// the least, so that it is the same in any partitions. [DataFrame#valueCounts] has all values of all rows by their frequency.
    ///
    /// **Nulls, NaN, order.** Nulls are not counted; null if there is nothing else. NaN is a value, above every number, and both zeros
    /// are one. Groups come in no particular order. **Cost.** Each partition sends the different values of its groups; then each
    /// group's are compared. A group may be larger than the memory. **Errors.** When called: USER if a name is wrong, or a key is called as
    /// the result.
    ///
    /// **Source.** DuckDB `mode`, where ties are open; pandas `mode` has all of them, and Dask's is of whole columns only.
    public DataFrame mode(String column) {
        return rows.with(GroupPlanner.mode(rows.plan(), keys, column), code + ".mode(" + Code.quote(column) + ")");
    }

    private DataFrame first(int count, List<SortKey> order, String call, String method) {
        checkCount(method, count);
        return rows.with(GroupPlanner.first(rows.plan(), keys, order, count), code + call);
    }

    private static void checkCount(String method, int count) {
        if (count < 0) {
            throw Errors.negativeCount(method, count);
        }
    }

    @Override
    public String toString() {
        return rows + code;
    }
}
