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
import static io.lazuli.dataframe.internal.plan.rule.Plans.userFunction;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoldConstantsTest {
    @Test
    void whatDependsOnNoRow_isComputed() {
        assertRule(new FoldConstants())
                .on(filter(left(), gt(column(0), plus(number(1), plus(number(2), number(3))))))
                .becomes(filter(left(), gt(column(0), number(6))));
        assertRule(new FoldConstants())
                .on(project(left(),
                        output("text", new BoundExpr.Call(TextFunction.UPPER, List.of(text("a")), DataType.UTF8)),
                        output("none", plus(number(1), new BoundExpr.Literal(DataType.LONG, Optional.empty())))))
                .becomes(project(left(), output("text", text("A")),
                        output("none", new BoundExpr.Literal(DataType.LONG, Optional.empty()))));
    }

    private static BoundExpr text(String value) {
        return new BoundExpr.Literal(DataType.UTF8, Optional.of(value));
    }

    @Test
    void whatFails_isLeftToTheRows() {
        assertRule(new FoldConstants()).on(filter(left(), gt(column(0), plus(number(Long.MAX_VALUE), number(1)))))
                .doesNotFire();
        assertRule(new FoldConstants())
                .on(filter(left(), and(positive(0), gt(new BoundExpr.Cast(text("x"), DataType.LONG), number(0)))))
                .doesNotFire();
    }

    @Test
    void rowsAndUsersFunctions_areLeftAlone() {
        assertRule(new FoldConstants()).on(filter(left(), gt(plus(column(0), number(1)), userFunction(number(1)))))
                .doesNotFire();
        assertRule(new FoldConstants())
                .on(project(left(), output("bytes", new BoundExpr.Cast(text("x"), DataType.BINARY))))
                .doesNotFire();
        assertRule(new FoldConstants()).on(left()).doesNotFire();
    }
}
