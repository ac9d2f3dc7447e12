package io.lazuli.tests.oracle;

import java.util.List;
import java.util.Optional;

/// An operation on frames, with random arguments, and its meaning in SQL. To add one: a class like the others, and its place in
/// [#ALL]; cases, counts, shrinking and reports follow.
interface Operator {
    /// In the order in which shrinking prefers them.
    List<Operator> ALL = List.of(
            new FilterRows(),
            new ReshapeColumns(),
            new SelectColumns(),
            new AddColumns(),
            new GroupRows(),
            new AggregateAll(),
            new JoinTables(JoinTables.Kind.INNER),
            new JoinTables(JoinTables.Kind.LEFT),
            new SortRows(),
            new LimitRows(),
            new TopRows(),
            new Overflow(),
            new DistinctRows(),
            new JoinTables(JoinTables.Kind.RIGHT),
            new JoinTables(JoinTables.Kind.FULL),
            new JoinTables(JoinTables.Kind.SEMI),
            new JoinTables(JoinTables.Kind.ANTI),
            new CrossJoin(),
            new ConcatRows(),
            new SliceRows(),
            new TopOfGroups(),
            new ModeOfGroups(),
            new OrderedColumns(),
            new NullRows(),
            new ValueCounts(),
            new KeepRows(),
            new SampleRows(),
            new MapPartitions());

    /// As the coverage table has it.
    String name();

    /// The operation on `input`; empty if it cannot be applied there with a certain answer.
    Optional<Query> apply(Query input, Draw draw);
}
