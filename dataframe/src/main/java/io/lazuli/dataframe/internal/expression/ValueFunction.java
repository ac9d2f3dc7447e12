package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Parameter.ANY;
import static io.lazuli.dataframe.internal.expression.Signature.gives;
import static io.lazuli.dataframe.internal.expression.Signature.same;

import io.lazuli.dataframe.type.DataType;

/// Functions of values of any type. Their arguments have one type, unless said otherwise.
public enum ValueFunction implements ScalarFunction {
    /// The value, then literals that are not null.
    IN(gives(DataType.BOOL, ANY).variadic()),
    /// The value, then pairs of literals: what to look for, and what stands in its place. The value itself where none is found.
    REPLACE(same(ANY).variadic()),
    /// The greatest and least of the values that are not null; null if all are.
    GREATEST(same(ANY).variadic()),
    LEAST(same(ANY).variadic()),
    /// A number that depends on the values alone, nulls included; arguments of any types.
    HASH(gives(DataType.LONG, ANY).variadic()),
    /// The value in the type of the call; null where [BoundExpr.Cast] would fail.
    TRY_CAST(same(ANY));

    private final Signature signature;

    ValueFunction(Signature signature) {
        this.signature = signature;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public String namespace() {
        return "";
    }

    @Override
    public boolean isStatic() {
        return this == GREATEST || this == LEAST || this == HASH;
    }
}
