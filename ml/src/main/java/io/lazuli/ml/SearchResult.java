package io.lazuli.ml;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.internal.data.TableBlock;
import io.lazuli.ml.internal.data.TableBlock.Column;
import io.lazuli.ml.model.Predictor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// How the candidates of a search did, and the best of them.
///
/// @param metrics names, the one that decided first
/// @param best    the index of the best candidate's row
/// @param model   the best candidate, fitted to all rows
public record SearchResult<M extends Predictor>(List<String> metrics, List<SearchRow<M>> rows, int best, M model) {
    public SearchResult {
        metrics = List.copyOf(metrics);
        rows = List.copyOf(rows);
    }

    public SearchRow<M> bestRow() {
        return rows.get(best);
    }

    /// The mean of the first metric over splits.
    public double bestScore() {
        return bestRow().meanScore(0);
    }

    /// A row for each candidate: its parameters as text, for each metric mean, standard deviation and the score on each split, its rank
    /// by the first one, and why it failed.
    public DataFrame table() {
        List<Column> columns = new ArrayList<>();
        Set<String> parameters = new LinkedHashSet<>();
        rows.forEach(row -> parameters.addAll(row.candidate().parameters().keySet()));
        parameters.forEach(name -> columns.add(Column.ofTexts(
                name,
                rows.stream()
                        .map(row -> Optional.ofNullable(row.candidate().parameters().get(name)).map(Object::toString))
                        .toList())));
        columns.add(numbers("resource", SearchRow::resource));
        for (int metric = 0; metric < metrics.size(); metric++) {
            int m = metric;
            columns.add(numbers("mean_" + metrics.get(m), row -> row.meanScore(m)));
            columns.add(numbers("std_" + metrics.get(m), row -> row.standardDeviation(m)));
            for (int split = 0; split < rows.getFirst().scores().size(); split++) {
                int s = split;
                columns.add(numbers("split%d_%s".formatted(s, metrics.get(m)), row -> row.score(s, m)));
            }
        }
        columns.add(Column.ofTexts(
                "error", rows.stream().map(row -> row.error().map(SearchRow.Problem::message)).toList()));
        return TableBlock.frame(columns, "search");
    }

    private Column numbers(String name, ToDoubleFunction<SearchRow<M>> value) {
        return Column.ofNumbers(name, rows.stream().mapToDouble(value).toArray());
    }
}
