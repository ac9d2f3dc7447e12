package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Parameter.CONSTANT_INT;
import static io.lazuli.dataframe.internal.expression.Parameter.CONSTANT_TEXT;
import static io.lazuli.dataframe.internal.expression.Parameter.TEXT;
import static io.lazuli.dataframe.internal.expression.Parameter.TEXT_OR_BYTES;
import static io.lazuli.dataframe.internal.expression.Signature.gives;
import static io.lazuli.dataframe.type.DataType.BOOL;
import static io.lazuli.dataframe.type.DataType.DATE;
import static io.lazuli.dataframe.type.DataType.INT;
import static io.lazuli.dataframe.type.DataType.TIMESTAMP;
import static io.lazuli.dataframe.type.DataType.UTF8;

/// Functions of texts. Positions and lengths count code points.
public enum TextFunction implements ScalarFunction {
    LENGTH(gives(INT, TEXT)),
    BYTE_LENGTH(gives(INT, TEXT_OR_BYTES)),
    UPPER(gives(UTF8, TEXT)),
    LOWER(gives(UTF8, TEXT)),
    CAPITALIZE(gives(UTF8, TEXT)),
    TITLE(gives(UTF8, TEXT)),
    REVERSE(gives(UTF8, TEXT)),
    STRIP_ACCENTS(gives(UTF8, TEXT)),
    /// Of ASCII white space, or of the characters of the second argument.
    TRIM(gives(UTF8, TEXT, CONSTANT_TEXT).optional()),
    TRIM_START(gives(UTF8, TEXT, CONSTANT_TEXT).optional()),
    TRIM_END(gives(UTF8, TEXT, CONSTANT_TEXT).optional()),
    CONTAINS(gives(BOOL, TEXT, TEXT)),
    STARTS_WITH(gives(BOOL, TEXT, TEXT)),
    ENDS_WITH(gives(BOOL, TEXT, TEXT)),
    CONCAT(gives(UTF8, TEXT, TEXT).failing()),
    /// Separator, then texts, of which nulls are left out.
    JOIN_TEXTS(gives(UTF8, CONSTANT_TEXT, TEXT).variadic().failing()),
    /// (start, length), neither negative.
    SUBSTRING(gives(UTF8, TEXT, CONSTANT_INT, CONSTANT_INT)),
    /// (start, end), where negative ones count from the end.
    SLICE(gives(UTF8, TEXT, CONSTANT_INT, CONSTANT_INT)),
    REPEAT(gives(UTF8, TEXT, CONSTANT_INT).failing()),
    /// (width, one character)
    PAD_START(gives(UTF8, TEXT, CONSTANT_INT, CONSTANT_TEXT).failing()),
    PAD_END(gives(UTF8, TEXT, CONSTANT_INT, CONSTANT_TEXT).failing()),
    CENTER(gives(UTF8, TEXT, CONSTANT_INT, CONSTANT_TEXT).failing()),
    ZERO_FILL(gives(UTF8, TEXT, CONSTANT_INT).failing()),
    /// -1 where the part does not occur.
    FIND(gives(INT, TEXT, TEXT)),
    FIND_LAST(gives(INT, TEXT, TEXT)),
    COUNT(gives(INT, TEXT, TEXT)),
    REPLACE(gives(UTF8, TEXT, CONSTANT_TEXT, CONSTANT_TEXT).failing()),
    REMOVE_PREFIX(gives(UTF8, TEXT, CONSTANT_TEXT)),
    REMOVE_SUFFIX(gives(UTF8, TEXT, CONSTANT_TEXT)),
    /// (separator, index); null where there are fewer parts.
    SPLIT_PART(gives(UTF8, TEXT, CONSTANT_TEXT, CONSTANT_INT)),
    /// (pattern, escape character)
    LIKE(gives(BOOL, TEXT, CONSTANT_TEXT, CONSTANT_TEXT).optional()),
    CONTAINS_REGEX(gives(BOOL, TEXT, CONSTANT_TEXT).failing()),
    FULL_MATCH(gives(BOOL, TEXT, CONSTANT_TEXT).failing()),
    COUNT_REGEX(gives(INT, TEXT, CONSTANT_TEXT).failing()),
    /// (regular expression, group); null where it does not match.
    EXTRACT(gives(UTF8, TEXT, CONSTANT_TEXT, CONSTANT_INT).failing()),
    REPLACE_REGEX(gives(UTF8, TEXT, CONSTANT_TEXT, CONSTANT_TEXT).failing()),
    IS_ALPHA(gives(BOOL, TEXT)),
    IS_DIGIT(gives(BOOL, TEXT)),
    IS_NUMERIC(gives(BOOL, TEXT)),
    IS_ALPHANUMERIC(gives(BOOL, TEXT)),
    IS_SPACE(gives(BOOL, TEXT)),
    IS_UPPER(gives(BOOL, TEXT)),
    IS_LOWER(gives(BOOL, TEXT)),
    /// By a pattern of java.time.
    TO_DATE(gives(DATE, TEXT, CONSTANT_TEXT).failing()),
    TO_TIMESTAMP(gives(TIMESTAMP, TEXT, CONSTANT_TEXT).failing()),
    /// Null where the text does not follow the pattern.
    TRY_TO_DATE(gives(DATE, TEXT, CONSTANT_TEXT)),
    TRY_TO_TIMESTAMP(gives(TIMESTAMP, TEXT, CONSTANT_TEXT));

    private final Signature signature;

    TextFunction(Signature signature) {
        this.signature = signature;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public String namespace() {
        return "str().";
    }

    @Override
    public boolean isStatic() {
        return this == JOIN_TEXTS;
    }
}
