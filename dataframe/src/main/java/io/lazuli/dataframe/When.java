package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.internal.Arguments;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The first part of a choice: `when(condition).then(value).otherwise(other)`. A condition that is null counts as false.
///
/// ```java
/// when(col("fare").gt(50)).then("long").when(col("fare").gt(10)).then("middle").otherwise("short").as("trip")
/// ```
public final class When {
    private final @Nullable Chain earlier;
    private final Expr condition;

    When(@Nullable Chain earlier, Expr condition) {
        this.earlier = earlier;
        this.condition = Arguments.given(condition, "condition");
    }

    public Then then(Expr value) {
        return new Then(new Chain(earlier, condition, Arguments.given(value, "value")));
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
    record Chain(@Nullable Chain earlier, Expr condition, Expr value) {
        Expr otherwise(Expr other) {
            Expr choice = other;
            for (@Nullable Chain last = this; last != null; last = last.earlier) {
                choice = new ExprNode.If(last.condition, last.value, choice);
            }
            return choice;
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
            return chain.otherwise(Arguments.given(value, "value"));
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
