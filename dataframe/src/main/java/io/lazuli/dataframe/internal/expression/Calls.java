package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// Chooses kernels for built-in functions.
final class Calls {
    private Calls() {}

    static PreparedExpr prepare(Call call, List<PreparedExpr> arguments, Reservation memory) {
        return switch (call.function()) {
            case TextFunction function -> TextCalls.prepare(function, arguments);
            case DateFunction function -> DateCalls.prepare(function, call, arguments);
            case NumberFunction function -> NumberCalls.prepare(function, call, arguments);
            case ValueFunction function -> ValueCalls.prepare(function, call, arguments, memory);
        };
    }
}
