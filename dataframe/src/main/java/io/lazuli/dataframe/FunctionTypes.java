package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.Parameter;
import io.lazuli.dataframe.internal.expression.Signature;
import io.lazuli.dataframe.internal.plan.Coercion;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds calls of built-in functions as their signatures say.
final class FunctionTypes {
    private FunctionTypes() {}

    /// Errors: USER if an argument has the wrong type, or is a constant that the function cannot work with.
    static BoundExpr bind(ExprNode.Call call, List<BoundExpr> operands) {
        Signature signature = call.function().signature();
        List<BoundExpr> arguments = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(argument(call, operands.get(i), i, signature.parameter(i)));
        }
        DataType type = signature.result().orElse(arguments.getFirst().type());
        BoundExpr.Call bound = new BoundExpr.Call(call.function(), arguments, type);
        ConstantChecks.check(call, bound);
        return bound;
    }

    private static BoundExpr argument(ExprNode.Call call, BoundExpr operand, int index, Parameter parameter) {
        boolean isConstant = operand instanceof BoundExpr.Literal(DataType ignored, Optional<Object> value)
                && value.isPresent();
        if (!parameter.accepts(operand.type()) || parameter.isConstant() && !isConstant) {
            throw Errors.wrongType(call.toString(), call.operands().get(index).toString(), operand.type(),
                    parameter.description());
        }
        return parameter.cast().map(type -> Coercion.cast(operand, type)).orElse(operand);
    }
}
