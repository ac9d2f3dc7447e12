package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.rowIndex;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;

/// `sampleRows`, of which only the numbers of rows are certain: there are as many as were asked for, and none comes twice.
record SampleRows() implements Operator {
    @Override
    public String name() {
        return "sampleRows";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Choices choices = draw.choices();
        int most = (int) Math.min(input.rowLimit() + 2, 50_000);
        int rows = choices.below(2) == 0 ? choices.below(10) : choices.below(most);
        String name = draw.freshName("a");
        String different = draw.freshName("a");
        boolean isNumbered = input.isOrdered() && choices.below(2) == 0;
        String index = draw.freshName("i");
        DataFrame source = isNumbered ? input.frame().withColumns(rowIndex().as(index)) : input.frame();
        DataFrame sample = source.sampleRows(rows, choices.below(100));
        DataFrame frame = isNumbered
                ? sample.agg(count().as(name), countDistinct(index).as(different))
                : sample.agg(count().as(name), count().as(different));
        Attribute count = new Attribute(name, DataType.LONG, rows, 1, Attribute.Trust.EXACT, Attribute.UNKNOWN);
        String least = "least(count(*), " + rows + ")";
        return Optional.of(input.then(
                draw.freshName("sampled"),
                frame,
                least + " AS " + Dialect.name(name) + ", " + least + " AS " + Dialect.name(different),
                "",
                List.of(count, count.named(different)),
                false,
                1));
    }
}
