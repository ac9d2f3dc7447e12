package io.lazuli.dataframe.internal.plan.rule;

import java.util.List;

/// The rules of the optimizer, in the order in which each node tries them.
public final class RuleSet {
    public static final List<Rule> DEFAULT = List.of(
            new FoldConstants(),
            new SimplifyConditions(),
            new RemoveNoopFilter(),
            new CountFromStatistics(),
            new RemoveUnseenSort(),
            new MergeSorts(),
            new RemoveRedundantSort(),
            new RemoveSortOfOneRow(),
            new RemoveRedundantLimit(),
            new MergeLimits(),
            new PushLimitThroughProject(),
            new MergeFilters(),
            new FactorCommonConjuncts(),
            new PushFilterThroughProject(),
            new PushFilterThroughSort(),
            new PushFilterThroughAggregate(),
            new NarrowOuterJoin(),
            new CopyFilterAcrossJoin(),
            new PushFilterIntoJoin(),
            new MergeProjects(),
            new RemoveNoopProject(),
            new PruneColumns(),
            new PushFilterIntoScan());

    private RuleSet() {}
}
