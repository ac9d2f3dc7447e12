package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import java.util.List;
import java.util.Optional;

/// What moves rows and keeps all of them: `repartition`, `shuffle`, and the parts of a `randomSplit` together.
record KeepRows() implements Operator {
    @Override
    public String name() {
        return "keep rows";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Choices choices = draw.choices();
        input.attributes().forEach(attribute -> draw.uses(attribute.type()));
        DataFrame frame = input.frame();
        return Optional.of(switch (choices.below(3)) {
            case 0 -> {
                draw.uses("repartition");
                yield same(input, frame.repartition(choices.between(1, 20)), input.isOrdered(), draw);
            }
            case 1 -> {
                draw.uses("shuffle");
                yield same(input, frame.shuffle(choices.below(100)), false, draw);
            }
            default -> {
                draw.uses("randomSplit");
                List<DataFrame> parts = frame.randomSplit(choices.below(100), 0.5, 0.2, 0.3);
                yield same(input, parts.get(2).concat(parts.get(0), parts.get(1)), false, draw);
            }
        });
    }

    private static Query same(Query input, DataFrame frame, boolean isOrdered, Draw draw) {
        return input.then(draw.freshName("kept"), frame, input.allItems(), "", input.attributes(), isOrdered,
                input.rowLimit());
    }
}
