package io.lazuli.ml.model;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expressions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.ColumnTransformer;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.Pipeline;
import io.lazuli.ml.linear.LinearModel;
import io.lazuli.ml.linear.LogisticModel;
import io.lazuli.ml.linear.LogisticRegression;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.preprocessing.OneHotEncoder;
import io.lazuli.ml.preprocessing.StandardScaler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionsTest {
    private static DataFrame iris(int partitions) {
        return Fixtures.frame("iris").drop("fold").repartition(partitions);
    }

    private static double[] numbers(DataFrame frame, String column) {
        return frame.compute().doubleColumn(column).asDoubleArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 200})
    void aColumnComesBehindAllOthers(int partitions) {
        DataFrame frame = Fixtures.frame("diabetes").repartition(partitions);
        Dataset data = Dataset.of(frame.drop("fold")).withTarget("y");
        LinearModel model = new Ridge().fit(data);
        DataFrame predicted = model.predict(frame);
        assertThat(predicted.schema().names()).endsWith("y", "fold", "prediction");
        assertThat(numbers(predicted, "prediction")).containsExactly(Outputs.of(model, data));
        assertThat(numbers(predicted, "y")).containsExactly(numbers(frame, "y"));
    }

    @Test
    void classesAreAsTheTargetWas() {
        LogisticModel ofNumbers = new LogisticRegression().fit(Dataset.of(iris(2)).withTarget("y"));
        DataFrame predicted = ofNumbers.predict(iris(3));
        assertThat(predicted.filter(col("prediction").eq(col("y"))).count()).isBetween(140L, 150L);

        DataFrame named = iris(2).withColumns(
                Expressions.when(col("y").eq(0)).then("setosa").otherwise("other").as("kind")).drop("y");
        LogisticModel ofTexts = new LogisticRegression().fit(Dataset.of(named).withTarget("kind"));
        DataFrame kinds = ofTexts.predict(named);
        assertThat(kinds.schema().field(5).type()).isEqualTo(DataType.UTF8);
        assertThat(kinds.filter(col("prediction").eq(col("kind"))).count()).isEqualTo(150);
        assertThat(kinds.groupBy("prediction").agg(count().as("n")).count()).isEqualTo(2);
    }

    @Test
    void probabilitiesAreAColumnForEachClass() {
        LogisticModel model = new LogisticRegression().fit(Dataset.of(iris(1)).withTarget("y"));
        DataFrame predicted = model.predictProbabilities(iris(4));
        assertThat(predicted.schema().names()).endsWith("probability_0", "probability_1", "probability_2");
        double[] sums = numbers(
                predicted.select(
                        col("probability_0").plus(col("probability_1")).plus(col("probability_2")).as("sum")),
                "sum");
        assertThat(Arrays.stream(sums).map(sum -> Math.abs(sum - 1)).max().orElseThrow()).isLessThan(1e-12);
    }

    @Test
    void aPipelineTakesTheColumnsThatItWasFittedTo() {
        DataFrame frame = iris(2).withColumns(
                Expressions.when(col("y").eq(0)).then("short").otherwise("long").as("leaf"));
        Dataset data = Dataset.of(frame).withTarget("y");
        var model = Pipeline.of(
                ColumnTransformer.of(
                        ColumnTransformer.on("sepal_length_(cm)", "petal_width_(cm)").apply(new StandardScaler()),
                        ColumnTransformer.on("leaf").apply(new OneHotEncoder())))
                .then(new LogisticRegression())
                .fit(data);
        assertThat(model.predict(frame).filter(col("prediction").eq(col("y"))).count()).isGreaterThan(135);
        assertThat(model.transform().transform(frame).schema().names()).contains("y", "leaf_long")
                .doesNotContain("leaf");
    }

    @Test
    void wrongColumns_areRefusedAtOnce() {
        LogisticModel model = new LogisticRegression().fit(Dataset.of(iris(1)).withTarget("y"));
        assertThatThrownBy(() -> model.predict(iris(1).drop("petal_width_(cm)")))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("LogisticModel needs petal_width_(cm)")
                .hasMessageContaining("Available: sepal_length_(cm)");
        assertThatThrownBy(() -> model.predict(model.predict(iris(1)))).hasMessageContaining("'prediction' already");
        assertThatThrownBy(
                () -> model.predict(
                        iris(1).withColumns(col("petal_width_(cm)").cast(DataType.UTF8).as("petal_width_(cm)"))))
                .hasMessageContaining("fitted to 'petal_width_(cm)' as a number, but it is UTF8");
    }
}
