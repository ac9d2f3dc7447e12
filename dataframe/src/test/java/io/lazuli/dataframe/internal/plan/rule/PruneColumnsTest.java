package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.column;
import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.join;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.plus;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.Plans.right;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sort;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sums;
import static io.lazuli.dataframe.internal.plan.rule.Plans.where;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapPartitions;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.tablesaw.TableFunction;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruneColumnsTest {
    @Test
    void aScanReadsWhatIsUsedAboveIt() {
        assertRule(new PruneColumns())
                .on(project(sort(filter(left(), positive(3)), 1), output("c", column(2))))
                .becomes(project(sort(filter(left(1, 2, 3), positive(2)), 0), output("c", column(1))));
    }

    @Test
    void anAggregateNeedsKeysAndArguments() {
        assertRule(new PruneColumns()).on(sums(left(), 2, 3)).becomes(sums(left(2, 3), 0, 1));
    }

    @Test
    void countingRowsNeedsNoColumn() {
        List<AggregateCall> count = List.of(AggregateCall.countRows("n"));

        assertThat(new PruneColumns().apply(new Aggregate(left(), List.of(), count)).orElseThrow().children().getFirst()
                .schema().size())
                .isZero();
    }

    @Test
    void aProjectionLosesOutputsThatNobodyReads() {
        assertRule(new PruneColumns())
                .on(sums(project(left(), output("k", column(0)), output("x", plus(column(1), number(1))),
                        output("v", column(2))), 0, 2))
                .becomes(sums(project(left(), output("k", column(0)), output("v", column(2))), 0, 1));
    }

    @Test
    void anAggregateLosesCallsThatNobodyReads() {
        assertRule(new PruneColumns())
                .on(project(sums(left(), 0, 1, 2), output("sc", column(2))))
                .becomes(project(sums(left(), 0, 2), output("sc", column(1))));
    }

    @Test
    void aJoinReadsKeysAndOutputsOfBothSides() {
        Join join = join(left(), right(), JoinKind.LEFT);
        LogicalPlan plan = project(join, output("y", column(5)), output("c", column(2)));

        LogicalPlan once = new PruneColumns().apply(plan).orElseThrow();

        assertRule(new PruneColumns())
                .on(once.children().getFirst())
                .becomes(new Join(left(0, 2), right(0, 2), List.of(0), List.of(0), JoinKind.LEFT, List.of(1),
                        List.of(1), List.of("y")));
        assertThat(once.schema()).isEqualTo(plan.schema());
    }

    @Test
    void aHintKeepsItsColumns() {
        assertRule(new PruneColumns())
                .on(project(new Limit(where(left(), positive(3)), 5), output("a", column(0))))
                .becomes(project(new Limit(where(left(0, 3), positive(1)), 5), output("a", column(0))));
    }

    @Test
    void orderedColumnsThatNobodyReadsAreNotMade() {
        OrderedCall sum = new OrderedCall(OrderedCall.Function.SUM, 2, DataType.LONG, 0);
        OrderedCall shift = new OrderedCall(OrderedCall.Function.SHIFT, 3, DataType.LONG, 1);
        assertRule(new PruneColumns())
                .on(project(new Ordered(left(), List.of(sum, shift)), output("x", column(5)), output("b", column(1))))
                .becomes(project(new Ordered(left(1, 3), List.of(shift.withInput(1))), output("x", column(2)),
                        output("b", column(0))));
        assertRule(new PruneColumns())
                .on(project(new Ordered(left(), List.of(sum)), output("b", column(1))))
                .becomes(project(left(1), output("b", column(0))));
    }

    @Test
    void functionsOfPartitionsSeeAllColumns() {
        Schema declared = left().schema();
        TableFunction function = TableFunction.of(
                TableFunction.Method.MAP_OVERLAP, declared, declared, table -> table, "Trips.java:42");
        assertRule(new PruneColumns())
                .on(project(new MapOverlap(left(), function, 1, 0, declared), output("b", column(1))))
                .doesNotFire();
        assertRule(new PruneColumns())
                .on(project(new MapPartitions(left(), function, declared), output("b", column(1))))
                .doesNotFire();
    }

    @Test
    void everyFrameOfAConcatLosesTheSameColumns() {
        LogicalPlan filtered = filter(left(), positive(3));
        assertRule(new PruneColumns())
                .on(project(new Concat(List.of(left(), filtered)), output("b", column(1))))
                .becomes(project(
                        new Concat(List.of(
                                left(1), project(filter(left(1, 3), positive(1)), output("b", column(0))))),
                        output("b", column(0))));
    }

    @Test
    void randomKeysStayBehindTheColumns() {
        assertRule(new PruneColumns())
                .on(project(filter(new RandomKeys(left(), 7), positive(4)), output("c", column(2))))
                .becomes(project(filter(new RandomKeys(left(2), 7), positive(1)), output("c", column(0))));
    }

    @Test
    void randomKeysOfAJoinNeedNoMoreOfIt() {
        Join join = join(left(), right(), JoinKind.LEFT);
        assertRule(new PruneColumns())
                .on(project(filter(new RandomKeys(join, 7), positive(6)), output("c", column(2))))
                .becomes(project(
                        filter(new RandomKeys(
                                new Join(left(), right(), List.of(0), List.of(0), JoinKind.LEFT, List.of(2), List.of(),
                                        List.of()),
                                7), positive(1)),
                        output("c", column(0))));
    }

    @Test
    void whatIsNeededIsLeftAlone() {
        assertRule(new PruneColumns()).on(sums(left(1, 2), 0, 1)).doesNotFire();
        assertRule(new PruneColumns()).on(filter(left(), positive(0))).doesNotFire();
    }
}
