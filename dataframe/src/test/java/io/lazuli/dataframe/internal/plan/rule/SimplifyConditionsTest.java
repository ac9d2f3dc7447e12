package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplifyConditionsTest {
    private static final BoundExpr TRUE = new BoundExpr.Literal(DataType.BOOL, Optional.of(true));
    private static final BoundExpr FALSE = new BoundExpr.Literal(DataType.BOOL, Optional.of(false));
    private static final BoundExpr NULL = new BoundExpr.Literal(DataType.BOOL, Optional.empty());
    /// May overflow.
    private static final BoundExpr RISKY = gt(plus(column(0), number(1)), number(0));

    @Test
    void constantsInJunctions() {
        becomes(and(TRUE, RISKY), RISKY);
        becomes(and(RISKY, TRUE), RISKY);
        becomes(and(FALSE, RISKY), FALSE);
        becomes(and(positive(0), FALSE), FALSE);
        becomes(new BoundExpr.Or(FALSE, RISKY), RISKY);
        becomes(new BoundExpr.Or(RISKY, FALSE), RISKY);
        becomes(new BoundExpr.Or(TRUE, RISKY), TRUE);
        becomes(new BoundExpr.Or(positive(0), TRUE), TRUE);
        stays(and(RISKY, FALSE));
        stays(new BoundExpr.Or(RISKY, TRUE));
        stays(and(positive(0), NULL));
    }

    @Test
    void negations() {
        becomes(new BoundExpr.Not(new BoundExpr.Not(RISKY)), RISKY);
        becomes(new BoundExpr.Not(new BoundExpr.Not(new BoundExpr.Not(positive(0)))),
                new Compare(CompareOperator.LE, column(0), number(0)));
        stays(new BoundExpr.Not(and(positive(0), positive(1))));
    }

    @ParameterizedTest
    @CsvSource({"EQ, NE", "NE, EQ", "LT, GE", "LE, GT", "GT, LE", "GE, LT"})
    void negatedComparisons_areTheOpposite(CompareOperator operator, CompareOperator opposite) {
        becomes(new BoundExpr.Not(new Compare(operator, column(0), column(1))),
                new Compare(opposite, column(0), column(1)));
    }

    @Test
    void comparisonsWithNull() {
        BoundExpr none = new BoundExpr.Literal(DataType.LONG, Optional.empty());
        becomes(new Compare(CompareOperator.EQ, column(0), none), NULL);
        becomes(new Compare(CompareOperator.LT, none, column(0)), NULL);
        stays(new Compare(CompareOperator.LT, none, plus(column(0), number(1))));
    }

    @Test
    void choices() {
        assertRule(new SimplifyConditions())
                .on(project(left(), output("x", new BoundExpr.If(TRUE, column(0), plus(column(1), number(1)))),
                        output("y", new BoundExpr.If(NULL, column(0), column(1)))))
                .becomes(project(left(), output("x", column(0)), output("y", column(1))));
    }

    @Test
    void firstValuesThatAreNotNull() {
        BoundExpr none = new BoundExpr.Literal(DataType.LONG, Optional.empty());
        assertRule(new SimplifyConditions())
                .on(project(left(), output("x", coalesce(none, column(0), number(1), column(1))),
                        output("y", coalesce(none, column(1))), output("z", coalesce(none, none)),
                        output("c", coalesce(number(7), column(1)))))
                .becomes(project(left(), output("x", coalesce(column(0), number(1))), output("y", column(1)),
                        output("z", none), output("c", number(7))));
        assertRule(new SimplifyConditions())
                .on(project(left(), output("x", coalesce(column(0), column(1)))))
                .doesNotFire();
    }

    private static BoundExpr coalesce(BoundExpr... values) {
        return new BoundExpr.Call(ValueFunction.COALESCE, List.of(values), DataType.LONG);
    }

    @Test
    void aFilterThatKeepsAllRows_goes() {
        assertRule(new RemoveNoopFilter()).on(filter(left(), TRUE)).becomes(left());
        assertRule(new RemoveNoopFilter()).on(filter(left(), FALSE)).doesNotFire();
        assertRule(new RemoveNoopFilter()).on(filter(left(), NULL)).doesNotFire();
    }

    private static void becomes(BoundExpr condition, BoundExpr simple) {
        assertRule(new SimplifyConditions()).on(filter(left(), condition)).becomes(filter(left(), simple));
    }

    private static void stays(BoundExpr condition) {
        assertRule(new SimplifyConditions()).on(filter(left(), condition)).doesNotFire();
    }
}
