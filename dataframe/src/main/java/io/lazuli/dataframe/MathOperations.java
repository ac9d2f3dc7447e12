package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.internal.expression.NumberFunction;

/// Functions of numbers beyond arithmetic, reached by [Expr#math]. They take any number and give FLOAT64, as java.lang.Math does,
/// and never fail: what has no result is NaN. Null gives null. Operations on bits take and give whole numbers.
///
/// ```java
/// points.withColumns(col("y").math().atan2(col("x")).math().degrees().as("angle"));
/// ```
public final class MathOperations {
    private final Expr number;

    MathOperations(Expr number) {
        this.number = number;
    }

    /// e to the power of the number.
    public Expr exp() {
        return ExprNode.Call.of(NumberFunction.EXP, number);
    }

    /// The natural logarithm; -infinity of 0, NaN of negative numbers.
    public Expr log() {
        return ExprNode.Call.of(NumberFunction.LOG, number);
    }

    /// The logarithm to base 10.
    public Expr log10() {
        return ExprNode.Call.of(NumberFunction.LOG10, number);
    }

    /// The logarithm to base 2; exact for powers of two.
    public Expr log2() {
        return ExprNode.Call.of(NumberFunction.LOG2, number);
    }

    /// The cube root, of negative numbers too.
    public Expr cbrt() {
        return ExprNode.Call.of(NumberFunction.CBRT, number);
    }

    /// The sine of an angle in radians.
    public Expr sin() {
        return ExprNode.Call.of(NumberFunction.SIN, number);
    }

    /// The cosine of an angle in radians.
    public Expr cos() {
        return ExprNode.Call.of(NumberFunction.COS, number);
    }

    /// The tangent of an angle in radians.
    public Expr tan() {
        return ExprNode.Call.of(NumberFunction.TAN, number);
    }

    /// The arc sine; NaN beyond 1 and -1.
    public Expr asin() {
        return ExprNode.Call.of(NumberFunction.ASIN, number);
    }

    /// The arc cosine; NaN beyond 1 and -1.
    public Expr acos() {
        return ExprNode.Call.of(NumberFunction.ACOS, number);
    }

    /// The arc tangent.
    public Expr atan() {
        return ExprNode.Call.of(NumberFunction.ATAN, number);
    }

    /// The hyperbolic sine.
    public Expr sinh() {
        return ExprNode.Call.of(NumberFunction.SINH, number);
    }

    /// The hyperbolic cosine.
    public Expr cosh() {
        return ExprNode.Call.of(NumberFunction.COSH, number);
    }

    /// The hyperbolic tangent.
    public Expr tanh() {
        return ExprNode.Call.of(NumberFunction.TANH, number);
    }

    /// 1.0 of positive numbers, -1.0 of negative ones; zeros and NaN as they are.
    public Expr sign() {
        return ExprNode.Call.of(NumberFunction.SIGN, number);
    }

    /// An angle in radians as degrees.
    public Expr degrees() {
        return ExprNode.Call.of(NumberFunction.DEGREES, number);
    }

    /// An angle in degrees as radians.
    public Expr radians() {
        return ExprNode.Call.of(NumberFunction.RADIANS, number);
    }

    /// The number to the power of another, as [Math#pow] has it.
    public Expr pow(Expr exponent) {
        return ExprNode.Call.of(NumberFunction.POW, number, exponent);
    }

    public Expr pow(double exponent) {
        return pow(lit(exponent));
    }

    /// The angle of the point whose ordinate is this number, from -pi to pi.
    public Expr atan2(Expr abscissa) {
        return ExprNode.Call.of(NumberFunction.ATAN2, number, abscissa);
    }

    /// The bits that both whole numbers have.
    public Expr bitAnd(Expr other) {
        return ExprNode.Call.of(NumberFunction.BIT_AND, number, other);
    }

    public Expr bitAnd(long other) {
        return bitAnd(lit(other));
    }

    /// The bits that one of the whole numbers has.
    public Expr bitOr(Expr other) {
        return ExprNode.Call.of(NumberFunction.BIT_OR, number, other);
    }

    public Expr bitOr(long other) {
        return bitOr(lit(other));
    }

    /// The bits that just one of the whole numbers has.
    public Expr bitXor(Expr other) {
        return ExprNode.Call.of(NumberFunction.BIT_XOR, number, other);
    }

    public Expr bitXor(long other) {
        return bitXor(lit(other));
    }

    /// The bits moved up. As in Java, only the low five bits of the distance count for an INT, six for a LONG; bits fall off the end.
    public Expr shiftLeft(Expr distance) {
        return ExprNode.Call.of(NumberFunction.SHIFT_LEFT, number, distance);
    }

    public Expr shiftLeft(long distance) {
        return shiftLeft(lit(distance));
    }

    /// The bits moved down, keeping the sign. The distance counts as in [#shiftLeft].
    public Expr shiftRight(Expr distance) {
        return ExprNode.Call.of(NumberFunction.SHIFT_RIGHT, number, distance);
    }

    public Expr shiftRight(long distance) {
        return shiftRight(lit(distance));
    }
}
