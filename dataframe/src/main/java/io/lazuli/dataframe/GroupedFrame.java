package io.lazuli.dataframe;

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
        return rows.aggregate(keys, List.of(aggregates), code + ".agg(" + Code.list(List.of(aggregates)) + ")");
    }

    @Override
    public String toString() {
        return rows + code;
    }
}
