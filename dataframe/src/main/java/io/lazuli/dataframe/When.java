package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import java.time.LocalDate;
import java.util.Objects;

/// The first part of a choice: `when(condition).then(value).otherwise(other)`. A condition that is null counts as false.
///
/// ```java
/// when(col("fare").gt(50)).then("long").when(col("fare").gt(10)).then("middle").otherwise("short").as("trip")
/// ```
public final class When {
    private final Chain earlier;
    private final Expr condition;

    When(Chain earlier, Expr condition) {
        this.earlier = earlier;
        this.condition = Objects.requireNonNull(condition, "condition is null");
    }

    public Then then(Expr value) {
        return new Then(new Chain(earlier, condition, Objects.requireNonNull(value, "value is null")));
    }

    public Then then(long value) {
        return then(lit(value));
    }

    public Then then(double value) {
        return then(lit(value));
    }

    public Then then(String value) {
        return then(lit(value));
    }

    public Then then(boolean value) {
        return then(lit(value));
    }

    public Then then(LocalDate value) {
        return then(lit(value));
    }

    /// Conditions with their values, the last first; `earlier` is null at the first.
    record Chain(Chain earlier, Expr condition, Expr value) {
        Expr otherwise(Expr other) {
            Expr choice = new ExprNode.If(condition, value, other);
            return earlier == null ? choice : earlier.otherwise(choice);
        }
    }

    /// A choice that still needs its last value, or another condition.
    public static final class Then {
        private final Chain chain;

        private Then(Chain chain) {
            this.chain = chain;
        }

        /// Tried where no earlier condition is true.
        public When when(Expr condition) {
            return new When(chain, condition);
        }

        public Expr otherwise(Expr value) {
            return chain.otherwise(Objects.requireNonNull(value, "value is null"));
        }

        public Expr otherwise(long value) {
            return otherwise(lit(value));
        }

        public Expr otherwise(double value) {
            return otherwise(lit(value));
        }

        public Expr otherwise(String value) {
            return otherwise(lit(value));
        }

        public Expr otherwise(boolean value) {
            return otherwise(lit(value));
        }

        public Expr otherwise(LocalDate value) {
            return otherwise(lit(value));
        }
    }
}
