package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// What a function takes and gives.
///
/// @param result     the type of what comes out; empty if it is that of the first argument
/// @param required   how many of the parameters must be there
/// @param isVariadic the last parameter may be there more than once
/// @param mayFail    some row can make a call fail, by overflow or by a value that cannot be read
/// @param areAlike   the arguments meet in one type
public record Signature(Optional<DataType> result, List<Parameter> parameters, int required, boolean isVariadic,
        boolean mayFail, boolean areAlike) {
    public Signature {
        parameters = List.copyOf(parameters);
    }

    static Signature gives(DataType result, Parameter... parameters) {
        return new Signature(Optional.of(result), List.of(parameters), parameters.length, false, false, false);
    }

    /// Of a function whose result has the type of its first argument.
    static Signature same(Parameter... parameters) {
        return new Signature(Optional.empty(), List.of(parameters), parameters.length, false, false, false);
    }

    Signature variadic() {
        return new Signature(result, parameters, required, true, mayFail, areAlike);
    }

    Signature failing() {
        return new Signature(result, parameters, required, isVariadic, true, areAlike);
    }

    /// Of a function whose arguments the planner brings to the type that holds all of them.
    Signature alike() {
        return new Signature(result, parameters, required, isVariadic, mayFail, true);
    }

    /// Of a function whose last argument may be left out.
    Signature optional() {
        return new Signature(result, parameters, required - 1, isVariadic, mayFail, areAlike);
    }

    public boolean takes(int argumentCount) {
        return argumentCount >= required && (isVariadic || argumentCount <= parameters.size());
    }

    /// For errors: `2`, `1 or 2`, `at least 1`.
    public String argumentCounts() {
        if (isVariadic) {
            return "at least " + required;
        }
        return required == parameters.size() ? Integer.toString(required) : required + " or " + parameters.size();
    }

    /// What the argument at `index` must be.
    public Parameter parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }
}
