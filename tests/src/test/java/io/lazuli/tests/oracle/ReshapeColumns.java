package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `select` of names, `drop` and `rename`.
record ReshapeColumns() implements Operator {
    @Override
    public String name() {
        return "drop, rename";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Choices choices = draw.choices();
        List<Attribute> all = input.attributes();
        return Optional.of(switch (choices.below(3)) {
            case 0 -> {
                List<Attribute> kept = choices.someOf(all, choices.between(1, all.size()));
                yield named(input, draw, input.frame().select(names(kept)), kept, kept);
            }
            case 1 -> {
                List<Attribute> dropped = choices.someOf(all, choices.below(all.size()));
                List<Attribute> kept = all.stream().filter(a -> !dropped.contains(a)).toList();
                yield named(input, draw, input.frame().drop(names(dropped)), kept, kept);
            }
            default -> {
                int renamed = choices.below(all.size());
                String name = draw.freshName("c");
                List<Attribute> columns = new ArrayList<>(all);
                columns.set(renamed, all.get(renamed).named(name));
                yield named(input, draw, input.frame().rename(all.get(renamed).name(), name), all, columns);
            }
        });
    }

    private static Query named(Query input, Draw draw, DataFrame frame, List<Attribute> from, List<Attribute> to) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            draw.uses(from.get(i).type());
            items.add(Term.of(from.get(i)).item(to.get(i).name()));
        }
        return input.then(draw.freshName("reshaped"), frame, String.join(", ", items), "", to, input.isOrdered(),
                input.rowLimit());
    }

    private static String[] names(List<Attribute> columns) {
        return columns.stream().map(Attribute::name).toArray(String[]::new);
    }
}
