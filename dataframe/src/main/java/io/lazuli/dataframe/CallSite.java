package io.lazuli.dataframe;

import java.util.Set;

/// Where in the user's program an expression is built.
final class CallSite {
    private static final Set<Class<?>> OURS =
            Set.of(
                    CallSite.class, Expr.class, ExprNode.class, ExprNode.MapValue.class, DataFrame.class, Rows.class,
                    Expressions.class);
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private CallSite() {}

    /// The first line outside of the expression classes, such as `Trips.java:42`.
    static String find() {
        return WALKER.walk(frames -> frames.filter(frame -> !OURS.contains(frame.getDeclaringClass()))
                .findFirst()
                .map(frame -> (frame.getFileName() == null ? frame.getClassName() : frame.getFileName()) + ":"
                        + frame.getLineNumber())
                .orElse("unknown"));
    }
}
