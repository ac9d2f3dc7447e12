package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkUnary;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.If;
import io.lazuli.dataframe.internal.expression.BoundExpr.MapValue;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MapFunctionsTest {
    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 200)
    void functions_seeEveryValueThatIsNotNull(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.FLOAT64, map(new MapFunction.OfDouble(x -> x * 2 + 1)), x -> (double) x * 2 + 1);
        checkUnary(shape, DataType.LONG, map(new MapFunction.OfLong(x -> x ^ 5)), x -> (long) x ^ 5);
        checkUnary(shape, DataType.UTF8, map(new MapFunction.OfString(x -> x + "!")), x -> x + "!");
    }

    @Property(tries = 100)
    void textFunction_mayReturnNull(@ForAll("shapes") Shape shape) {
        checkUnary(
                shape,
                DataType.UTF8,
                map(new MapFunction.OfString(x -> x.length() > 3 ? null : x)),
                x -> ((String) x).length() > 3 ? null : x);
    }

    @Test
    void failure_namesFunctionCallSiteAndArgument_andKeepsTheCause() {
        IllegalStateException cause = new IllegalStateException("too small");
        check(DataType.FLOAT64, new MapFunction.OfDouble(x -> fail(cause)), Arrays.asList(null, -0.5), "-0.5", cause);
        check(DataType.LONG, new MapFunction.OfLong(x -> (long) fail(cause)), Arrays.asList(null, 7L), "7", cause);
        check(DataType.UTF8, new MapFunction.OfString(x -> "" + fail(cause)),
                Arrays.asList(null, "some longer argument"),
                "some longer argument", cause);
    }

    private static double fail(RuntimeException cause) {
        throw cause;
    }

    private static void check(DataType type, MapFunction.Body body, List<Object> values, String argument,
            Throwable cause) {
        BoundExpr expression = map(body).apply(input(0, type));
        LazuliException error = catchThrowableOfType(
                LazuliException.class, () -> Evaluations.evaluate(expression, List.of(type), List.of(values)));
        assertThat(error.code()).isEqualTo(ErrorCode.USER);
        assertThat(error).hasCause(cause);
        assertThat(error)
                .hasMessage("Function 'twice' (Trips.java:42) failed for " + argument
                        + ": java.lang.IllegalStateException: too small. Make it accept the value or filter such rows out first.");
    }

    @Test
    void function_isNotCalledWhereItsBranchIsNotTaken() {
        BoundExpr mapped = map(new MapFunction.OfLong(x -> 100 / x)).apply(input(1, DataType.LONG));
        BoundExpr choice = new If(input(0, DataType.BOOL), mapped, input(1, DataType.LONG));

        assertThat(Evaluations.evaluate(choice, List.of(DataType.BOOL, DataType.LONG),
                List.of(List.of(true, false), List.of(5L, 0L))))
                .containsExactly(20L, 0L);
    }

    private static UnaryOperator<BoundExpr> map(MapFunction.Body body) {
        return operand -> new MapValue(MapFunction.of("twice", "Trips.java:42", body), operand);
    }
}
