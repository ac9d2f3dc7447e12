package io.lazuli.ml.internal;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.error.Suggestions;
import io.lazuli.ml.fit.Features;
import java.util.List;

/// The wording of every error of this module. A message says what failed, on which input, what was found, what was expected
/// or available and what to do.
public final class MlErrors {
    private MlErrors() {}

    private static LazuliException user(String message) {
        return new LazuliException(ErrorCode.USER, message);
    }

    private static LazuliException data(String message) {
        return new LazuliException(ErrorCode.DATA, message);
    }

    public static LazuliException columnNotFound(String role, String name, List<String> available) {
        String hint = Suggestions.closest(name, available).map(" Did you mean '%s'?"::formatted).orElse("");
        return user("The %s '%s' is no column of the frame.%s Available: %s."
                .formatted(role, name, hint, Suggestions.list(available)));
    }

    public static LazuliException columnTwice(String name) {
        return user("Column '%s' has two roles. A column is a feature, the target, the weights or the groups."
                .formatted(name));
    }

    public static LazuliException noFeatures() {
        return user("The dataset has no features. Name some with features(\"...\"), or add columns to the frame.");
    }

    public static LazuliException unfitColumn(String role, String name, DataType type) {
        return user(("The %s '%s' is %s, which is no number. Make numbers of it first, such as"
                + " col(\"%s\").cast(DataType.FLOAT64), or leave the column out.").formatted(role, name, type, name));
    }

    public static LazuliException textFeatures(String estimator, List<String> names) {
        return user(
                "%s needs numbers, but %s %s text. Encode it first, with OneHotEncoder or OrdinalEncoder in a ColumnTransformer."
                        .formatted(estimator, Suggestions.list(names), names.size() == 1 ? "is" : "are"));
    }

    public static LazuliException noTarget(String estimator) {
        return user("%s learns from a target, and the dataset has none. Name it: data.withTarget(\"...\")."
                .formatted(estimator));
    }

    public static LazuliException textTarget(String estimator) {
        return user("%s predicts numbers, but the target is text. Take a classifier, or another target."
                .formatted(estimator));
    }

    public static LazuliException rolesTooLate() {
        return user(
                "These rows have been transformed, classified or split, so their columns have their roles. Say features, target,"
                        + " weights and groups before that.");
    }

    public static LazuliException missingTarget() {
        return data("The target is null or NaN in some rows. Drop them first: frame.dropNulls(\"...\").");
    }

    public static LazuliException tooManyClasses(int most) {
        return data(
                ("The target has more than %,d values, so it is no class. Take a regressor, or make classes of it first.")
                        .formatted(most));
    }

    public static LazuliException otherFeatures(Class<?> model, Features expected, Features found) {
        List<String> missing = expected.names().stream().filter(name -> !found.names().contains(name)).toList();
        List<String> extra = found.names().stream().filter(name -> !expected.names().contains(name)).toList();
        String difference = missing.isEmpty() && extra.isEmpty()
                ? "The same names come in another order, or in other types: found %s, expected %s.".formatted(
                        Suggestions.list(found.names()), Suggestions.list(expected.names()))
                : "%s%s".formatted(
                        missing.isEmpty() ? "" : "Missing: %s. ".formatted(Suggestions.list(missing)),
                        extra.isEmpty() ? "" : "Not known to it: %s.".formatted(Suggestions.list(extra)));
        return user(
                "A model of %s was fitted on other features. %s Give it the columns that it was fitted on, in their order."
                        .formatted(name(model), difference.strip()));
    }

    /// Errors: USER if it cannot be.
    public static void checkSplitCount(int splitCount) {
        if (splitCount < 2 || splitCount > Short.MAX_VALUE) {
            throw badParameter("the number of splits", splitCount, "at least 2 and at most " + Short.MAX_VALUE);
        }
    }

    public static LazuliException moreFoldsThan(int splitCount, long found, String what) {
        return data("%,d folds of %,d %s cannot be made. Take fewer folds, or more data.".formatted(splitCount, found,
                what));
    }

    public static LazuliException notAFold(double found, int splitCount) {
        return data(
                "The groups column has %s, which is no number of a fold. It should have whole numbers from 0 to %d, or -1."
                        .formatted(found, splitCount - 1));
    }

    public static LazuliException needsGroups(String splitter) {
        return user("%s goes by groups, and the dataset has none. Name them: data.withGroups(\"...\")."
                .formatted(splitter));
    }

    public static LazuliException noValues(String parameter) {
        return user("%s is searched over no values. Give one at least.".formatted(parameter));
    }

    public static LazuliException noMetrics() {
        return user("A search needs a metric at least, such as Metrics.accuracy().");
    }

    public static LazuliException noSteps() {
        return user("A chain or pipeline has no steps. Give it one transformer at least.");
    }

    public static LazuliException unknownParameter(String parameter, List<String> estimators) {
        return user("%s is no parameter of what is searched, which has %s. Take a parameter of one of them."
                .formatted(parameter, Suggestions.list(estimators)));
    }

    public static LazuliException ambiguousParameter(String parameter, long owners) {
        return user("%s is a parameter of %d steps. Vary the whole step instead, or have one such step."
                .formatted(parameter, owners));
    }

    public static LazuliException noProbabilities(Class<?> model) {
        return user(
                "%s does not say how likely classes are, which a metric asks for. Take another metric, such as accuracy."
                        .formatted(name(model)));
    }

    private static String name(Class<?> model) {
        Class<?> outer = model.getEnclosingClass();
        return outer == null ? model.getSimpleName() : outer.getSimpleName();
    }

    public static LazuliException badParameter(String name, Object value, String expected) {
        return user("%s is %s, and must be %s.".formatted(name, value, expected));
    }

    public static LazuliException noRows() {
        return data("There are no rows to learn from. Check the filters before the fit, and the folds.");
    }

    public static LazuliException notFinite(String what) {
        return data("There is a NaN, infinity or null in %s. Fill it, such as with SimpleImputer, or drop such rows."
                .formatted(what));
    }

    public static LazuliException oneClass(String estimator, String name) {
        return data(
                "%s tells classes apart, but all rows are of class '%s'. Check the filters before the fit, and the folds."
                        .formatted(estimator, name));
    }

    /// **Errors.** DATA if the sum of a feature is not finite, and so a value.
    public static void checkFeature(Features features, int index, double sum) {
        if (!Double.isFinite(sum)) {
            throw notFinite("feature '%s'".formatted(features.get(index).name()));
        }
    }

    /// **Errors.** USER if it is negative, infinite or NaN.
    public static void checkNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw badParameter(name, value, "a finite number that is not negative");
        }
    }

    /// **Errors.** USER if it is not above 0, infinite or NaN.
    public static void checkPositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw badParameter(name, value, "a finite number above 0");
        }
    }

    /// **Errors.** USER if it is not between 0 and 1.
    public static void checkShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw badParameter(name, value, "between 0 and 1");
        }
    }

    /// **Errors.** USER if it is below 1.
    public static void checkAtLeastOne(String name, int value) {
        if (value < 1) {
            throw badParameter(name, value, "at least 1");
        }
    }

    public static LazuliException negative(String estimator, String what) {
        return data("%s counts, and there are numbers below 0 in %s. Take another estimator, or drop such rows."
                .formatted(estimator, what));
    }

    public static LazuliException fewRows(String estimator, double weight, int classes) {
        return data(
                "%s needs more rows than classes, and found rows of weight %s of %d classes. Check the filters before the fit."
                        .formatted(estimator, weight, classes));
    }

    public static LazuliException tooManyLevels(String feature, int most) {
        return data(
                "Feature '%s' has more than %,d values, which are too many to keep. Leave it out, or make it coarser first."
                        .formatted(feature, most));
    }

    public static LazuliException unknownLevel(String feature, String value) {
        return data(
                ("Feature '%s' has the value '%s', which it had not when the encoder was fitted. Say what to do with such values:"
                        + " withHandleUnknown(...), or fit the encoder on all values.").formatted(feature, value));
    }

    public static LazuliException tooManyFeatures(String estimator, long most) {
        return user("%s would make more than %,d features. Take a lower degree, or fewer features.".formatted(estimator,
                most));
    }

    public static LazuliException featureNotFound(String name, List<String> available) {
        String hint = Suggestions.closest(name, available).map(" Did you mean '%s'?"::formatted).orElse("");
        return user("There is no feature '%s'.%s Available: %s.".formatted(name, hint, Suggestions.list(available)));
    }

    public static LazuliException partWithoutColumns() {
        return user("A part of a ColumnTransformer has no columns. Name some: on(\"...\").");
    }

    public static LazuliException columnTwiceInPart(String name) {
        return user("Column '%s' is twice in one part of a ColumnTransformer. Name it once.".formatted(name));
    }

    public static LazuliException madeTwice(String name) {
        return user(
                "A ColumnTransformer makes two features '%s', of different parts. Leave the column out of one, or give it another name in the frame."
                        .formatted(name));
    }

    public static LazuliException needsClasses(String metric) {
        return user(
                "%s goes by classes, and the target is none. Take data.classification(\"...\"), or a metric of numbers such as r2."
                        .formatted(metric));
    }

    public static LazuliException needsTwoClasses(String metric, int found, String instead) {
        return user("%s is for two classes, and the target has %d: %s.".formatted(metric, found, instead));
    }

    public static LazuliException metricNeeds(String metric, String needs) {
        return data("%s needs %s. Take another metric.".formatted(metric, needs));
    }

    public static LazuliException needsTarget(String splitter) {
        return user("%s goes by the target, and the dataset has none. Name it: data.withTarget(\"...\")."
                .formatted(splitter));
    }

    public static LazuliException emptySplit(long train, long test, long rows) {
        return data(
                "A split of %,d rows into %,d to train on and %,d to test on cannot be made. Take other sizes, or more data."
                        .formatted(rows, train, test));
    }

    public static LazuliException tooFewMembers(String splitter, String name, long found, long needed) {
        return data("%s needs %,d rows of each class, and class '%s' has %,d. Leave it out, or take other sizes."
                .formatted(splitter, needed, name, found));
    }

    public static LazuliException fewerThanClasses(String side, long rows, int classes) {
        return data("The %s rows would be %,d, fewer than the %,d classes. Take other sizes, or more data."
                .formatted(side, rows, classes));
    }

    public static String allFailed(String first) {
        return "All candidates of the search failed, the first with: " + first;
    }

    public static LazuliException noFiniteScore() {
        return data(
                "No candidate of the search has a finite score on all splits. Take another metric, or splits in which it is defined.");
    }

    /// Errors: USER if it cannot be.
    public static void checkFactor(int factor) {
        if (factor < 2) {
            throw badParameter("factor", factor, "at least 2");
        }
    }

    public static LazuliException columnIsThere(String name) {
        return user("The frame has a column '%s' already. Rename or drop it before.".formatted(name));
    }

    public static LazuliException missingFeatures(Class<?> model, Features expected, List<String> found) {
        List<String> missing = expected.names().stream().filter(name -> !found.contains(name)).toList();
        return user("A model of %s needs %s, which the frame does not have. Available: %s."
                .formatted(name(model), Suggestions.list(missing), Suggestions.list(found)));
    }

    public static LazuliException featureType(String name, boolean isText, DataType found) {
        return user("The model was fitted to '%s' as %s, but it is %s here. Cast it to what it was.".formatted(
                name, isText ? "text" : "a number", found));
    }

    public static LazuliException tooManyFeatures(int count, int most) {
        return data(
                "There are %,d features, whose products do not belong into memory: at most %,d do. Select some first."
                        .formatted(count, most));
    }

    public static LazuliException tooManyComponents(int components, int features, long rows) {
        return data(
                "%,d components of %,d features cannot be made of %,d rows. Ask for no more than there are of either."
                        .formatted(components, features, rows));
    }

    public static LazuliException tooManyClusters(int clusters, long rows) {
        return data("%,d clusters cannot be made of %,d rows. Ask for no more than there are rows.".formatted(clusters,
                rows));
    }

    public static LazuliException moreThanRows(int count, String what, long rows) {
        return data("%,d %s cannot be found among %,d rows. Ask for fewer, and check the filters before the fit."
                .formatted(count, what, rows));
    }
}
