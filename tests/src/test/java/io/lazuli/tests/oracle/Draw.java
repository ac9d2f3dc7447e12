package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// What operators draw from while a case is made: choices, fresh names, other tables. Keeps what is to be counted.
final class Draw {
    private final Choices choices;
    private final Supplier<Query> source;
    /// The last operator of the case: nothing above it can make its errors unseen.
    private boolean isLast;
    private int nameCount;
    private String operator = "scan";
    /// `operator|trait`, for the coverage table.
    private final Set<String> covered = new LinkedHashSet<>();
    /// Parts of expressions.
    private final Set<String> features = new TreeSet<>();

    Draw(Choices choices, Supplier<Query> source) {
        this.choices = choices;
        this.source = source;
    }

    Choices choices() {
        return choices;
    }

    /// A table to be combined with.
    Query source() {
        return source.get();
    }

    boolean isLast() {
        return isLast;
    }

    void begin(String name, boolean last) {
        operator = name;
        isLast = last;
        covered.add(name);
    }

    /// A name that no column or subquery has.
    String freshName(String prefix) {
        return prefix + "_" + nameCount++;
    }

    void uses(DataType type) {
        covered.add(operator + "|" + type);
    }

    void uses(String feature) {
        features.add(feature);
    }

    /// One of the columns that rows may be chosen by.
    Attribute key(List<Attribute> columns) {
        Attribute key = choices.oneOf(columns.stream().filter(Attribute::isKey).toList());
        uses(key.type());
        return key;
    }

    Set<String> covered() {
        return covered;
    }

    Set<String> features() {
        return features;
    }
}
