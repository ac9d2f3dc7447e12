package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `dropNulls`, `fillNull`, `forwardFill` and `backwardFill` of frames.
record NullRows() implements Operator {
    @Override
    public String name() {
        return "drop, fill nulls";
    }

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        List<Attribute> keys = input.attributes().stream().filter(Attribute::isKey).toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(switch (draw.choices().below(input.isOrdered() ? 3 : 2)) {
            case 0 -> dropped(input, keys, draw);
            case 1 -> filled(input, draw.key(keys), draw);
            default -> filledByNeighbours(input, draw.key(keys), draw);
        });
    }

    private static Query dropped(Query input, List<Attribute> keys, Draw draw) {
        draw.uses("dropNulls");
        boolean ofAll = draw.choices().below(3) == 0;
        List<Attribute> chosen = ofAll ? input.attributes() : draw.choices().someOf(keys, 2);
        chosen.forEach(column -> draw.uses(column.type()));
        String[] names = ofAll ? new String[0] : chosen.stream().map(Attribute::name).toArray(String[]::new);
        return input.then(
                draw.freshName("dropped"),
                input.frame().dropNulls(names),
                input.allItems(),
                "WHERE " + chosen.stream().map(a -> a.sql() + " IS NOT NULL").collect(Collectors.joining(" AND ")),
                input.attributes(),
                input.isOrdered(),
                input.rowLimit());
    }

    private static Query filled(Query input, Attribute column, Draw draw) {
        draw.uses("fillNull");
        Term other = new Terms(draw, input.attributes()).of(column.type(), 1);
        double limit = Math.max(column.limit(), other.limit());
        Attribute result = new Attribute(column.name(), Term.common(Term.of(column), other), limit,
                Math.min(column.grain(), other.grain()), column.trust().and(other.trust()), Attribute.UNKNOWN);
        return replaced(input, result, "coalesce(" + column.sql() + ", " + other.sql() + ")", draw,
                input.frame().fillNull(column.name(), other.expr()));
    }

    private static Query filledByNeighbours(Query input, Attribute column, Draw draw) {
        boolean isForward = draw.choices().below(2) == 0;
        draw.uses(isForward ? "forwardFill of a frame" : "backwardFill of a frame");
        String sql = (isForward ? "last_value(" : "first_value(") + column.sql() + " IGNORE NULLS) OVER (ORDER BY "
                + Dialect.ORDER + (isForward
                        ? " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
                        : " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)");
        return replaced(input, column.repeated(), sql, draw, isForward
                ? input.frame().forwardFill(column.name())
                : input.frame().backwardFill(column.name()));
    }

    private static Query replaced(
            Query input, Attribute column, String sql, Draw draw, DataFrame frame) {
        List<Attribute> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Attribute each : input.attributes()) {
            boolean isIt = each.name().equals(column.name());
            columns.add(isIt ? column : each);
            items.add(isIt ? sql + " AS " + column.sql() : Term.of(each).item(each.name()));
        }
        return input.then(draw.freshName("filled"), frame, String.join(", ", items), "", columns, input.isOrdered(),
                input.rowLimit());
    }
}
