package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.physical.Pipeline.JoinKind;
import java.util.List;

/// Two frames that wait for their join keys.
///
/// ```java
/// orders.join(people).on("person");
/// flights.leftJoin(airports).leftOn("dest").rightOn("code");
/// ```
///
/// The result has the columns of the left frame, then those of the right one but its keys. Null keys never match. A key may
/// be INT on one side and LONG on the other. Equal names of other columns are an error, unless [#withSuffix] tells them apart.
public final class JoinedFrame {
    private final DataFrame left;
    private final DataFrame right;
    private final JoinKind kind;
    private final String suffix;
    private final String code;

    private JoinedFrame(DataFrame left, DataFrame right, JoinKind kind, String suffix, String code) {
        this.left = left;
        this.right = right;
        this.kind = kind;
        this.suffix = suffix;
        this.code = code;
    }

    static JoinedFrame inner(DataFrame left, DataFrame right) {
        return new JoinedFrame(left, right, JoinKind.INNER, "", ".join(" + right + ")");
    }

    static JoinedFrame left(DataFrame left, DataFrame right) {
        return new JoinedFrame(left, right, JoinKind.LEFT, "", ".leftJoin(" + right + ")");
    }

    /// Columns of the right frame whose names the left one has too get `suffix`.
    public JoinedFrame withSuffix(String suffix) {
        return new JoinedFrame(left, right, kind, suffix, code + ".withSuffix(" + Code.quote(suffix) + ")");
    }

    /// The join on columns of the same name in both frames.
    ///
    /// **Nulls, NaN, order.** Rows come in no particular order. **Cost.** If the right frame is small, one pass over the left one; else
    /// one exchange of both. **Errors.** When called: USER if a key is missing, types do not go together, or names collide.
    public DataFrame on(String... keys) {
        List<String> names = List.of(keys);
        return join(names, names, ".on(" + Code.quotedList(names) + ")");
    }

    /// The left frame's keys, for keys of different names; [LeftKeys#rightOn] names the others.
    public LeftKeys leftOn(String... keys) {
        return new LeftKeys(this, List.of(keys));
    }

    private DataFrame join(List<String> leftKeys, List<String> rightKeys, String call) {
        return left.with(
                JoinPlanner.plan(left.plan(), right.plan(), leftKeys, rightKeys, kind, suffix),
                code + call,
                left.options().and(right.options()));
    }

    @Override
    public String toString() {
        return left + code;
    }

    /// A join with only the left keys named.
    public static final class LeftKeys {
        private final JoinedFrame frames;
        private final List<String> keys;

        private LeftKeys(JoinedFrame frames, List<String> keys) {
            this.frames = frames;
            this.keys = keys;
        }

        /// The join on these columns of the right frame, as many as on the left. Errors: those of [JoinedFrame#on].
        public DataFrame rightOn(String... rightKeys) {
            List<String> names = List.of(rightKeys);
            return frames.join(keys, names,
                    ".leftOn(%s).rightOn(%s)".formatted(Code.quotedList(keys), Code.quotedList(names)));
        }
    }
}
