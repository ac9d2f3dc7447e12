package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Parameter.ANY;
import static io.lazuli.dataframe.internal.expression.Parameter.NUMBER;
import static io.lazuli.dataframe.internal.expression.Signature.gives;
import static io.lazuli.dataframe.internal.expression.Signature.same;

import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// Functions of values of any type. Their arguments have one type, unless said otherwise; an argument that is looked at more than
/// once is computed once, and one that only some rows ask for fails for these only.
public enum ValueFunction implements ScalarFunction {
    /// The value, then what it is compared to, each in the type of that: more than [#MOST_COMPARISONS] literals of the value's type that
    /// are not null are hashed.
    IN(gives(DataType.BOOL, ANY).variadic()),
    /// The value, then pairs of constants: what to look for, and what stands in its place. The value itself where none is found.
    /// Literals that are not null are hashed.
    REPLACE(same(ANY).variadic()),
    /// The greatest and least of the values that are not null; null if all are.
    GREATEST(same(ANY).variadic().alike()),
    LEAST(same(ANY).variadic().alike()),
    /// The first value that is not null; null if all are.
    COALESCE(same(ANY).variadic().alike()),
    /// The first value, or null where both are equal.
    NULL_IF(same(ANY, ANY).alike()),
    /// The first number, or the second where it is NaN.
    FILL_NAN(same(NUMBER, NUMBER).alike()),
    /// The first number, the second where it is below that, the third where it is above that. NaN stays; a bound that is null is none.
    CLIP(same(NUMBER, NUMBER, NUMBER).alike()),
    /// Whether the first value is from the second to the third: the AND of both comparisons, each in the type of the bound.
    BETWEEN(gives(DataType.BOOL, ANY, ANY, ANY)),
    /// A number that depends on the values alone, nulls included; arguments of any types.
    HASH(gives(DataType.LONG, ANY).variadic()),
    /// The value in the type of the call; null where [BoundExpr.Cast] would fail.
    TRY_CAST(same(ANY));

    public static final int MOST_COMPARISONS = 8;
    /// Those that a query string may call by name.
    public static final List<ValueFunction> CALLED =
            List.of(GREATEST, LEAST, COALESCE, NULL_IF, FILL_NAN, CLIP, HASH);

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
        return this == GREATEST || this == LEAST || this == COALESCE || this == HASH;
    }
}
