package io.lazuli.tests.oracle;

import io.lazuli.dataframe.type.DataType;

/// A column of a [Query], with what the generator must know of its values to predict an answer.
///
/// @param limit        no value is larger, by its magnitude; infinite if that is not known, or if there may be NaN
/// @param grain        every value is a multiple of it; 0 if that is not known
/// @param multiplicity no value but null is in more rows; [#UNKNOWN] if that is not known
record Attribute(String name, DataType type, double limit, double grain, Trust trust, long multiplicity) {
    static final long UNKNOWN = Long.MAX_VALUE;

    /// How far a value is determined by the query.
    enum Trust {
        /// To the last bit.
        EXACT,
        /// 0.0 may be -0.0: which of two equal values stands for a group is nobody's promise.
        ZERO_SIGN,
        /// Up to the rounding of a sum; a column `name__tol` of the SQL says how far.
        ROUNDED;

        Trust and(Trust other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    static Attribute of(String name, DataType type) {
        return new Attribute(name, type, Double.POSITIVE_INFINITY, 0, Trust.EXACT, UNKNOWN);
    }

    /// True if equality and order of values are determined, so that rows can be chosen by them.
    boolean isKey() {
        return trust != Trust.ROUNDED;
    }

    Attribute named(String other) {
        return new Attribute(other, type, limit, grain, trust, multiplicity);
    }

    Attribute repeated() {
        return new Attribute(name, type, limit, grain, trust, UNKNOWN);
    }

    /// As it is where equal values may have been exchanged for each other.
    Attribute upToZeroSign() {
        Trust weaker = type == DataType.FLOAT64 ? trust.and(Trust.ZERO_SIGN) : trust;
        return new Attribute(name, type, limit, grain, weaker, multiplicity);
    }

    String sql() {
        return Dialect.name(name);
    }

    String toleranceSql() {
        return Dialect.tolerance(name);
    }
}
