package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.internal.expression.BoundExpr.Function;

/// The operations on text, reached by [Expr#str]. Positions and lengths count code points.
///
/// ```java
/// people.filter(col("name").str().lower().str().startsWith("mc"));
/// ```
public final class TextOperations {
    private final Expr text;

    TextOperations(Expr text) {
        this.text = text;
    }

    /// Number of code points, as INT.
    public Expr length() {
        return ExprNode.Call.of(Function.LENGTH, text);
    }

    public Expr upper() {
        return ExprNode.Call.of(Function.UPPER, text);
    }

    public Expr lower() {
        return ExprNode.Call.of(Function.LOWER, text);
    }

    /// Without white space at both ends.
    public Expr trim() {
        return ExprNode.Call.of(Function.TRIM, text);
    }

    public Expr contains(String part) {
        return contains(lit(part));
    }

    public Expr contains(Expr part) {
        return ExprNode.Call.of(Function.CONTAINS, text, part);
    }

    public Expr startsWith(String prefix) {
        return startsWith(lit(prefix));
    }

    public Expr startsWith(Expr prefix) {
        return ExprNode.Call.of(Function.STARTS_WITH, text, prefix);
    }

    public Expr endsWith(String suffix) {
        return endsWith(lit(suffix));
    }

    public Expr endsWith(Expr suffix) {
        return ExprNode.Call.of(Function.ENDS_WITH, text, suffix);
    }

    /// This text followed by the other.
    public Expr concat(String other) {
        return concat(lit(other));
    }

    public Expr concat(Expr other) {
        return ExprNode.Call.of(Function.CONCAT, text, other);
    }

    /// `length` code points from `start`, which counts from 0; fewer where the text ends before. Errors: USER, when it meets a
    /// frame, if a number is negative.
    public Expr substring(int start, int length) {
        return ExprNode.Call.of(Function.SUBSTRING, text, lit(start), lit(length));
    }
}
