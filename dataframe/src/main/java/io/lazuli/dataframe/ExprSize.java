package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.ExpressionErrors;
import java.util.ArrayList;
import java.util.List;

/// Refuses expressions that are too deep for the stack of a thread, or too large for the patience of a user: all that walks over
/// expressions recurses, and one that is used twice in another, which is used twice again, soon has more parts than there are
/// bytes. Values of `in` do not count.
final class ExprSize {
    private static final int DEEPEST = 1000;
    private static final int MOST_PARTS = 1_000_000;

    private ExprSize() {}

    /// The expressions that a method was given. Errors: USER, also if one is null.
    static List<Expr> checked(String name, Expr... expressions) {
        List<Expr> all = Arguments.all(name, expressions);
        check(all);
        return all;
    }

    /// Errors: USER. Does not recurse.
    static void check(List<Expr> expressions) {
        List<Expr> level = expressions;
        long parts = 0;
        for (int depth = 0; !level.isEmpty(); depth++) {
            parts += level.size();
            if (depth > DEEPEST || parts > MOST_PARTS) {
                throw ExpressionErrors.tooLarge(DEEPEST, MOST_PARTS);
            }
            level = below(level, MOST_PARTS);
        }
    }

    /// What stands directly below a level; a little more than `most` at most.
    private static List<Expr> below(List<Expr> level, int most) {
        List<Expr> next = new ArrayList<>();
        for (Expr expression : level) {
            if (next.size() > most) {
                return next;
            }
            next.addAll(expression instanceof ExprNode.In in
                    ? List.of(in.operand())
                    : ((ExprNode) expression).operands());
        }
        return next;
    }
}
