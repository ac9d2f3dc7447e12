package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.and;
import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.gt;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.where;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.FakeSource;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.TextFunction;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushFilterIntoScanTest {
    private static final BoundExpr COMPUTED = gt(plus(column(1), number(1)), number(0));

    @Test
    void theSourceIsToldWhatItMayUnderstand() {
        BoundExpr simple = and(positive(0), new BoundExpr.Not(new BoundExpr.IsNull(column(2))));

        assertRule(new PushFilterIntoScan())
                .on(filter(left(), and(simple, COMPUTED)))
                .becomes(filter(where(left(), simple), and(simple, COMPUTED)));
    }

    @Test
    void newPartsJoinThoseItKnows() {
        assertRule(new PushFilterIntoScan())
                .on(filter(where(left(), positive(0)), and(positive(0), positive(1))))
                .becomes(filter(where(left(), and(positive(0), positive(1))), and(positive(0), positive(1))));
    }

    @Test
    void computedValuesAndComparedColumnsSayNothing() {
        assertRule(new PushFilterIntoScan()).on(filter(left(), COMPUTED)).doesNotFire();
        assertRule(new PushFilterIntoScan()).on(filter(left(), gt(column(0), column(1)))).doesNotFire();
    }

    @Test
    void aPrefixIsARangeOfTexts() {
        assertPrefixBecomes("ab", "ac");
        assertPrefixBecomes("a\ud7ff", "a\ue000");
        assertPrefixBecomes("a" + Character.toString(Character.MAX_CODE_POINT), "b");
    }

    @Test
    void aPrefixOfTheGreatestTextsHasNoEnd() {
        String greatest = Character.toString(Character.MAX_CODE_POINT);

        assertRule(new PushFilterIntoScan())
                .on(filter(TEXTS, startsWith(greatest)))
                .becomes(filter(where(TEXTS, compare(CompareOperator.GE, greatest)), startsWith(greatest)));
    }

    @Test
    void everyTextBeginsWithTheEmptyOne() {
        assertRule(new PushFilterIntoScan()).on(filter(TEXTS, startsWith(""))).doesNotFire();
    }

    @Test
    void ofAnAlternativeEachSideMustSaySomething() {
        assertRule(new PushFilterIntoScan())
                .on(filter(left(), new BoundExpr.Or(and(positive(0), COMPUTED), positive(1))))
                .becomes(filter(where(left(), new BoundExpr.Or(positive(0), positive(1))),
                        new BoundExpr.Or(and(positive(0), COMPUTED), positive(1))));
        assertRule(new PushFilterIntoScan())
                .on(filter(left(), new BoundExpr.Or(COMPUTED, positive(1))))
                .doesNotFire();
    }

    private static final Scan TEXTS =
            new Scan(FakeSource.of("texts", "s: UTF8"), List.of(0), Optional.empty());
    private static final BoundExpr TEXT = new BoundExpr.Input(0, DataType.UTF8);

    private static void assertPrefixBecomes(String prefix, String end) {
        assertRule(new PushFilterIntoScan())
                .on(filter(TEXTS, startsWith(prefix)))
                .becomes(filter(
                        where(TEXTS, and(compare(CompareOperator.GE, prefix), compare(CompareOperator.LT, end))),
                        startsWith(prefix)));
    }

    private static BoundExpr text(String value) {
        return new BoundExpr.Literal(DataType.UTF8, Optional.of(value));
    }

    private static BoundExpr startsWith(String prefix) {
        return new BoundExpr.Call(TextFunction.STARTS_WITH, List.of(TEXT, text(prefix)), DataType.BOOL);
    }

    private static BoundExpr compare(CompareOperator operator, String value) {
        return new BoundExpr.Compare(operator, TEXT, text(value));
    }
}
