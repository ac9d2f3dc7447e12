package io.lazuli.tests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Counts cases: by operator and what it met, and by parts of expressions.
final class Coverage {
    static final List<String> TRAITS = List.of(
            "BOOL", "INT", "LONG", "FLOAT64", "UTF8", "DATE", "TIMESTAMP", "DURATION", "BINARY", "decimal(9, 2)",
            "nulls", "all null", "NaN", "hot value",
            "no rows", "one row", "few rows", "> 1 batch", "1 part", "2-5 parts", "6-20 parts", "Parquet", "CSV",
            "JSON", "Arrow", "codes",
            "1 thread", "2 threads", "4 threads", "through bytes", "8 MiB", "spilled", "refused",
            "unanswered");

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Integer> features = new TreeMap<>();
    private int caseCount;

    void add(Case done) {
        caseCount++;
        done.covered().forEach(key -> counts.merge(key, 1, Integer::sum));
        done.features().forEach(key -> features.merge(key, 1, Integer::sum));
    }

    int caseCount() {
        return caseCount;
    }

    /// Cases of an operator, or of an operator with a trait.
    int count(String operator, String trait) {
        return counts.getOrDefault(operator + "|" + trait, 0);
    }

    static List<String> operators() {
        List<String> names = new ArrayList<>(List.of("scan"));
        Operator.ALL.forEach(operator -> names.add(operator.name()));
        for (Sink sink : Sink.values()) {
            names.add(sink.words);
        }
        return names;
    }

    Set<String> features() {
        return features.keySet();
    }

    /// A row for each operator, a column for each trait; then the parts of expressions.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%,d cases%n%-17s%7s".formatted(caseCount, "operator", "cases"));
        TRAITS.forEach(trait -> text.append("%14s".formatted(trait)));
        for (String operator : operators()) {
            text.append("%n%-17s%7d".formatted(operator, counts.getOrDefault(operator, 0)));
            TRAITS.forEach(trait -> text.append("%14d".formatted(count(operator, trait))));
        }
        List<String> parts = features.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
        return text.append("%nexpressions: ".formatted()).append(String.join(", ", parts)).toString();
    }
}
