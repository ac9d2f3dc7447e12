package io.lazuli.dataframe.internal.plan.rule;

import static io.lazuli.dataframe.internal.plan.rule.Plans.filter;
import static io.lazuli.dataframe.internal.plan.rule.Plans.left;
import static io.lazuli.dataframe.internal.plan.rule.Plans.number;
import static io.lazuli.dataframe.internal.plan.rule.Plans.output;
import static io.lazuli.dataframe.internal.plan.rule.Plans.positive;
import static io.lazuli.dataframe.internal.plan.rule.Plans.project;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sort;
import static io.lazuli.dataframe.internal.plan.rule.Plans.sums;
import static io.lazuli.dataframe.internal.plan.rule.RuleAssert.assertRule;

import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.plan.AggregateCall;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.internal.source.OneRow;
import io.lazuli.dataframe.internal.source.ScanRequest;
import io.lazuli.dataframe.internal.source.Source;
import io.lazuli.dataframe.internal.source.Split;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Token;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// The rules that know how many rows there are before anything runs.
class RowCountRulesTest {
    /// `left`, with metadata that says it has 1,000 rows.
    private record Counted(Source source) implements Source {
        static Scan scan() {
            return new Scan(new Counted(Plans.LEFT), List.of(0, 1, 2, 3), Optional.empty());
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Schema schema() {
            return source.schema();
        }

        @Override
        public Estimate estimate(ScanRequest request) {
            return source.estimate(request);
        }

        @Override
        public OptionalLong rowCount() {
            return OptionalLong.of(1000);
        }

        @Override
        public List<Split> splits(ScanRequest request) {
            return source.splits(request);
        }

        @Override
        public BatchReader open(Split split, ScanRequest request, Scratch scratch) {
            return source.open(split, request, scratch);
        }

        @Override
        public Token token() {
            return source.token();
        }
    }

    private static Aggregate count(LogicalPlan input) {
        return new Aggregate(
                input, List.of(), List.of(AggregateCall.countRows("n")));
    }

    private static LogicalPlan constant(long count) {
        return project(new Scan(new OneRow(), List.of(), Optional.empty()), output("n", number(count)));
    }

    @Test
    void aCountIsReadFromMetadata() {
        assertRule(new CountFromStatistics()).on(count(Counted.scan())).becomes(constant(1000));
        assertRule(new CountFromStatistics())
                .on(count(sort(project(Counted.scan(), output("a", number(1))), 0)))
                .becomes(constant(1000));
        assertRule(new CountFromStatistics()).on(count(new Limit(Counted.scan(), 10))).becomes(constant(10));
        assertRule(new CountFromStatistics()).on(count(count(left()))).becomes(constant(1));
    }

    @Test
    void rowsThatNobodyCountedAreCounted() {
        assertRule(new CountFromStatistics()).on(count(left())).doesNotFire();
        assertRule(new CountFromStatistics()).on(count(filter(Counted.scan(), positive(0)))).doesNotFire();
        assertRule(new CountFromStatistics()).on(count(Plans.where(Counted.scan(), positive(0)))).doesNotFire();
        assertRule(new CountFromStatistics()).on(count(sums(Counted.scan(), 0, 1))).doesNotFire();
        assertRule(new CountFromStatistics()).on(sums(Counted.scan(), 0, 1)).doesNotFire();
    }

    @Test
    void aLimitThatIsNeverReachedGoes() {
        assertRule(new RemoveRedundantLimit()).on(new Limit(Counted.scan(), 1000)).becomes(Counted.scan());
        assertRule(new RemoveRedundantLimit())
                .on(new Limit(sums(Counted.scan(), 0, 1), 1000))
                .becomes(sums(Counted.scan(), 0, 1));
        assertRule(new RemoveRedundantLimit()).on(new Limit(count(left()), 1)).becomes(count(left()));
    }

    @Test
    void aLimitThatMayBeReachedStays() {
        assertRule(new RemoveRedundantLimit()).on(new Limit(Counted.scan(), 999)).doesNotFire();
        assertRule(new RemoveRedundantLimit()).on(new Limit(left(), Long.MAX_VALUE - 1)).doesNotFire();
        assertRule(new RemoveRedundantLimit()).on(new Limit(count(left()), 0)).doesNotFire();
    }

    @Test
    void oneRowIsInOrder() {
        assertRule(new RemoveSortOfOneRow()).on(sort(count(left()), 0)).becomes(count(left()));
        assertRule(new RemoveSortOfOneRow()).on(sort(new Limit(left(), 2), 0)).doesNotFire();
    }
}
