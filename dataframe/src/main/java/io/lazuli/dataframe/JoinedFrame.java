package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import java.util.List;

/// Two frames that wait for their join keys.
///
/// ```java
/// orders.join(people).on("person");
/// flights.leftJoin(airports).leftOn("dest").rightOn("code");
/// ```
///
/// The result has the columns of the left frame, then those of the right one but its keys; of [DataFrame#semiJoin] and
/// [DataFrame#antiJoin] the columns of the left frame only. Null keys never match; NaN matches NaN, and -0.0 matches 0.0. A key may be
/// INT on one side and LONG on the other. Equal names of other columns are an error, unless [#withSuffix] tells them apart.
///
/// Where rows of the right frame stand alone ([DataFrame#rightJoin], [DataFrame#fullJoin]), the key columns hold the key of whichever
/// side has one, in the type in which both were compared, under the left frame's names.
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

    static JoinedFrame of(DataFrame left, DataFrame right, JoinKind kind, String method) {
        return new JoinedFrame(left, Arguments.given(right, "other"), kind, "", ".%s(%s)".formatted(method, right));
    }

    /// Columns of the right frame whose names the left one has too get `suffix`.
    public JoinedFrame withSuffix(String suffix) {
        return new JoinedFrame(left, right, kind, suffix,
                code + ".withSuffix(" + Code.quote(Arguments.given(suffix, "suffix")) + ")");
    }

    /// The join on columns of the same name in both frames.
    ///
    /// **Nulls, NaN, order.** Rows come in no particular order. **Cost.** If one frame is small (about 32 MB) and only rows of the other
    /// may stand alone, one pass over the other; else one exchange of both. Memory: the small frame, or the smaller slice of an
    /// exchange; where that is not to be had, a slice is joined in several passes. Pairs are made batch by batch, however many a key
    /// has. **Errors.** When called: USER if a key is missing, types do not go together, or names collide. At run: RESOURCE if a small
    /// frame turns out not to fit into memory.
    public DataFrame on(String... keys) {
        List<String> names = Arguments.all("keys", keys);
        return join(names, names, ".on(" + Code.quotedList(names) + ")");
    }

    /// The left frame's keys, for keys of different names; [LeftKeys#rightOn] names the others.
    public LeftKeys leftOn(String... keys) {
        return new LeftKeys(this, Arguments.all("keys", keys));
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
            List<String> names = Arguments.all("keys", rightKeys);
            return frames.join(keys, names,
                    ".leftOn(%s).rightOn(%s)".formatted(Code.quotedList(keys), Code.quotedList(names)));
        }
    }
}
