package io.lazuli.dataframe.internal.operator.join;

/// What a join gives: pairs of rows with equal keys, rows of one side alone, or both. Null keys never match.
///
/// | kind | pairs | left rows alone | right rows alone |
/// |---|---|---|---|
/// | INNER | yes | | |
/// | LEFT | yes | without match | |
/// | RIGHT | yes | | without match |
/// | FULL | yes | without match | without match |
/// | SEMI, ANTI | | with match, without | |
/// | RIGHT_SEMI, RIGHT_ANTI | | | with match, without |
///
/// In a pair kind, rows alone have nulls in the columns of the other side; otherwise the other side has no columns.
public enum JoinKind {
    INNER(true, Alone.NONE, Alone.NONE),
    LEFT(true, Alone.UNMATCHED, Alone.NONE),
    RIGHT(true, Alone.NONE, Alone.UNMATCHED),
    FULL(true, Alone.UNMATCHED, Alone.UNMATCHED),
    SEMI(false, Alone.MATCHED, Alone.NONE),
    ANTI(false, Alone.UNMATCHED, Alone.NONE),
    RIGHT_SEMI(false, Alone.NONE, Alone.MATCHED),
    RIGHT_ANTI(false, Alone.NONE, Alone.UNMATCHED);

    /// Which rows of a side stand alone in the result, once each.
    public enum Alone {
        NONE,
        MATCHED,
        UNMATCHED
    }

    private final boolean pairs;
    private final Alone left;
    private final Alone right;

    JoinKind(boolean pairs, Alone left, Alone right) {
        this.pairs = pairs;
        this.left = left;
        this.right = right;
    }

    public boolean givesPairs() {
        return pairs;
    }

    public Alone left() {
        return left;
    }

    public Alone right() {
        return right;
    }

    /// The kind that gives the same rows when the sides change places.
    public JoinKind swapped() {
        return switch (this) {
            case INNER -> INNER;
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case FULL -> FULL;
            case SEMI -> RIGHT_SEMI;
            case ANTI -> RIGHT_ANTI;
            case RIGHT_SEMI -> SEMI;
            case RIGHT_ANTI -> ANTI;
        };
    }
}
