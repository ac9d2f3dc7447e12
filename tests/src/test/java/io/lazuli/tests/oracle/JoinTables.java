package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.JoinedFrame;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The joins with rows of another table, by one or two keys of equal types, or INT and LONG.
record JoinTables(Kind kind) implements Operator {
    enum Kind {
        INNER("join", "JOIN", DataFrame::join),
        LEFT("leftJoin", "LEFT JOIN", DataFrame::leftJoin),
        RIGHT("rightJoin", "RIGHT JOIN", DataFrame::rightJoin),
        FULL("fullJoin", "FULL JOIN", DataFrame::fullJoin),
        SEMI("semiJoin", "SEMI JOIN", DataFrame::semiJoin),
        ANTI("antiJoin", "ANTI JOIN", DataFrame::antiJoin);

        private final String words;
        private final String sql;
        private final BiFunction<DataFrame, DataFrame, JoinedFrame> call;

        Kind(String words, String sql, BiFunction<DataFrame, DataFrame, JoinedFrame> call) {
            this.words = words;
            this.sql = sql;
            this.call = call;
        }

        private boolean keepsLeftRowsOnly() {
            return this == SEMI || this == ANTI;
        }

        /// Whether rows of the right table stand alone, with their key in the left one's column.
        private boolean keepsRightRows() {
            return this == RIGHT || this == FULL;
        }
    }

    /// Results are not larger than that.
    private static final long MOST_ROWS = 30_000;

    @Override
    public String name() {
        return kind.words;
    }

    private record Keys(Attribute left, Attribute right) {}

    @Override
    public Optional<Query> apply(Query input, Draw draw) {
        Query other = other(draw);
        List<Keys> keys = keys(input, other, draw);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        keys.forEach(key -> draw.uses(key.left().type()));
        long partners = keys.stream().mapToLong(key -> key.right().multiplicity()).min().orElseThrow();
        Query right = other;
        if (partners > 1 && input.rowLimit() * Math.max(1, other.rowLimit()) > MOST_ROWS) {
            right = first(other, Math.max(1, MOST_ROWS / Math.max(1, input.rowLimit())), draw);
        }
        long pairs = input.rowLimit() * Math.max(1, Math.min(partners, right.rowLimit()));
        long rows = kind.keepsRightRows() ? pairs + right.rowLimit() : pairs;
        return Optional.of(join(input, right, keys, rows, draw));
    }

    /// Another table, perhaps without some rows.
    private static Query other(Draw draw) {
        Query source = draw.source();
        return draw.choices().chance(30) ? new FilterRows().apply(source, draw).orElseThrow() : source;
    }

    private static Query first(Query input, long count, Draw draw) {
        return input.then(draw.freshName("limited"), input.frame().limit(count), input.allItems(),
                "ORDER BY %s LIMIT %d".formatted(Dialect.ORDER, count), input.attributes(), true, count);
    }

    private static List<Keys> keys(Query left, Query right, Draw draw) {
        List<Keys> pairs = new ArrayList<>();
        for (Attribute l : left.attributes()) {
            for (Attribute r : right.attributes()) {
                if (l.isKey() && r.isKey() && (l.type() == r.type() || isWhole(l) && isWhole(r))) {
                    pairs.add(new Keys(l, r));
                }
            }
        }
        List<Keys> chosen = draw.choices().someOf(pairs, draw.choices().between(1, 2));
        boolean isTwice = chosen.size() == 2 && (chosen.get(0).left().equals(chosen.get(1).left())
                || chosen.get(0).right().equals(chosen.get(1).right()));
        return isTwice ? chosen.subList(0, 1) : chosen;
    }

    private static boolean isWhole(Attribute attribute) {
        return attribute.type() == DataType.INT || attribute.type() == DataType.LONG;
    }

    private Query join(Query left, Query right, List<Keys> keys, long rowLimit, Draw draw) {
        String suffix = draw.freshName("_r");
        JoinedFrame pair = kind.call.apply(left.frame(), right.frame()).withSuffix(suffix);
        String[] leftKeys = keys.stream().map(key -> key.left().name()).toArray(String[]::new);
        String[] rightKeys = keys.stream().map(key -> key.right().name()).toArray(String[]::new);
        DataFrame frame = List.of(leftKeys).equals(List.of(rightKeys))
                ? pair.on(leftKeys)
                : pair.leftOn(leftKeys).rightOn(rightKeys);

        List<Attribute> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Attribute a : left.attributes()) {
            Optional<Keys> key = keys.stream().filter(k -> kind.keepsRightRows() && k.left().equals(a)).findFirst();
            columns.add(key.map(JoinTables::either).orElse(a.repeated()));
            items.add(key.map(JoinTables::eitherItem).orElse(item("l", a, a.name())));
        }
        for (Attribute a : kind.keepsLeftRowsOnly() ? List.<Attribute>of() : right.attributes()) {
            if (keys.stream().noneMatch(key -> key.right().equals(a))) {
                String name = left.find(a.name()).isPresent() ? a.name() + suffix : a.name();
                columns.add(a.named(name).repeated());
                items.add(item("r", a, name));
            }
        }
        List<String> conditions = keys.stream()
                .map(key -> "l." + key.left().sql() + " = r." + key.right().sql())
                .toList();
        String next = draw.freshName("joined");
        List<String> subqueries = new ArrayList<>(left.with(right));
        subqueries.add("%s AS (SELECT %s FROM %s AS l %s %s AS r ON %s)".formatted(
                next, String.join(", ", items), left.name(), kind.sql, right.name(), String.join(" AND ", conditions)));
        return new Query(frame, subqueries, next, columns, false, rowLimit);
    }

    /// The key of whichever side has one.
    private static Attribute either(Keys key) {
        DataType type = Term.common(Term.of(key.left()), Term.of(key.right()));
        double limit = Math.max(key.left().limit(), key.right().limit());
        double grain = Math.min(key.left().grain(), key.right().grain());
        return new Attribute(key.left().name(), type, limit, grain, key.left().trust().and(key.right().trust()),
                Attribute.UNKNOWN).upToZeroSign();
    }

    private static String eitherItem(Keys key) {
        return "coalesce(l.%s, r.%s) AS %s".formatted(key.left().sql(), key.right().sql(), key.left().sql());
    }

    static String item(String side, Attribute column, String name) {
        String item = "%s.%s AS %s".formatted(side, column.sql(), Dialect.name(name));
        return column.isKey()
                ? item
                : item + ", %s.%s AS %s".formatted(side, column.toleranceSql(), Dialect.tolerance(name));
    }
}
