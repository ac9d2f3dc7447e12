package io.lazuli.dataframe.internal.expression;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.kernel.DoubleKernels;
import io.lazuli.dataframe.internal.kernel.IntKernels;
import io.lazuli.dataframe.internal.kernel.LongKernels;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A literal. Kernels with a scalar operand take its value; where there is none it is a column, filled once a task.
final class Constant implements PreparedExpr {
    private final DataType type;
    private final Optional<Object> value;
    private final Reservation memory;
    /// As many equal rows as any batch had so far, one if only that was asked for; null before.
    private @Nullable Column column;

    private Constant(DataType type, Optional<Object> value, Reservation memory) {
        this.type = type;
        this.value = value;
        this.memory = memory;
    }

    static Constant create(BoundExpr.Literal literal, Reservation memory) {
        return new Constant(literal.type(), literal.value(), memory);
    }

    static Constant ofNull(DataType type, Reservation memory) {
        return new Constant(type, Optional.empty(), memory);
    }

    /// True for a literal that is not null: kernels that have a form for scalars take it as one.
    static boolean isScalar(PreparedExpr expression) {
        return expression instanceof Constant constant && constant.value.isPresent();
    }

    /// The literal that an argument must be.
    static Constant of(PreparedExpr expression) {
        if (!isScalar(expression)) {
            throw new IllegalArgumentException("not a literal, or null: " + expression);
        }
        return (Constant) expression;
    }

    /// Literals of one type, none of them null, as the rows of a column.
    static Column column(List<BoundExpr.Literal> literals, Reservation memory) {
        DataType type = literals.getFirst().type();
        List<Object> values = literals.stream().map(literal -> literal.value().orElseThrow()).toList();
        MemorySegment segment = memory.allocate(Kind.of(type).byteSize(values.size())).segment();
        return switch (Kind.of(type)) {
            case BOOL -> {
                IntStream.range(0, values.size()).forEach(i -> Bits.set(segment, i, (Boolean) values.get(i)));
                yield new Column(type, values.size(), Column.NO_NULLS, segment);
            }
            case INT -> {
                IntStream.range(0, values.size())
                        .forEach(i -> segment.set(Layouts.INT, i * 4L, (Integer) values.get(i)));
                yield new Column(type, values.size(), Column.NO_NULLS, segment);
            }
            case LONG -> {
                IntStream.range(0, values.size()).forEach(i -> segment.set(Layouts.LONG, i * 8L, (Long) values.get(i)));
                yield new Column(type, values.size(), Column.NO_NULLS, segment);
            }
            case DOUBLE -> {
                IntStream.range(0, values.size())
                        .forEach(i -> segment.set(Layouts.DOUBLE, i * 8L, (Double) values.get(i)));
                yield new Column(type, values.size(), Column.NO_NULLS, segment);
            }
            case UTF8 -> new Column(type, values.size(), Column.NO_NULLS, segment, setTexts(segment, values, memory));
        };
    }

    /// Sets a view for each text and returns the data of the long ones.
    private static MemorySegment setTexts(MemorySegment views, List<Object> values, Reservation memory) {
        List<byte[]> texts = values.stream().map(v -> ((String) v).getBytes(StandardCharsets.UTF_8)).toList();
        int dataSize = texts.stream().mapToInt(text -> text.length > Views.INLINE ? text.length : 0).sum();
        MemorySegment data = dataSize == 0 ? Column.NO_DATA : memory.allocate(dataSize).segment();
        int used = 0;
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = texts.get(i);
            if (text.length <= Views.INLINE) {
                Views.setInline(views, i, MemorySegment.ofArray(text), 0, text.length);
            } else {
                MemorySegment.copy(text, 0, data, Layouts.BYTE, used, text.length);
                Views.setReference(views, i, data, used, text.length);
                used += text.length;
            }
        }
        return data;
    }

    /// A scalar as a column of one row, any other expression as a column of the batch's length.
    static Column scalarOrColumn(PreparedExpr expression, Batch batch, Scratch scratch) {
        return expression instanceof Constant constant && constant.value.isPresent()
                ? constant.column(1, scratch)
                : expression.evaluate(batch, scratch);
    }

    int intValue() {
        return (Integer) value.orElseThrow();
    }

    long longValue() {
        return (Long) value.orElseThrow();
    }

    String textValue() {
        return (String) value.orElseThrow();
    }

    double doubleValue() {
        return (Double) value.orElseThrow();
    }

    @Override
    public Column evaluate(Batch batch, Scratch scratch) {
        return column(batch.rowCount(), scratch);
    }

    Column column(int rowCount, Scratch scratch) {
        if (column == null || column.length() < rowCount) {
            column = fill(rowCount == 1 ? 1 : Math.max(rowCount, Batch.ROWS));
        }
        return column.slice(0, rowCount, scratch);
    }

    private Column fill(int rowCount) {
        MemorySegment values = memory.allocate(Kind.of(type).byteSize(rowCount)).segment();
        if (value.isEmpty()) {
            MemorySegment validity = memory.allocate(Bits.byteSize(rowCount)).segment();
            return new Column(type, rowCount, validity.fill((byte) 0), values.fill((byte) 0));
        }
        return switch (Kind.of(type)) {
            case BOOL -> {
                Bits.fill(values, rowCount, (Boolean) value.get());
                yield new Column(type, rowCount, Column.NO_NULLS, values);
            }
            case INT -> {
                IntKernels.fill(values, rowCount, intValue());
                yield new Column(type, rowCount, Column.NO_NULLS, values);
            }
            case LONG -> {
                LongKernels.fill(values, rowCount, longValue());
                yield new Column(type, rowCount, Column.NO_NULLS, values);
            }
            case DOUBLE -> {
                DoubleKernels.fill(values, rowCount, doubleValue());
                yield new Column(type, rowCount, Column.NO_NULLS, values);
            }
            case UTF8 -> new Column(type, rowCount, Column.NO_NULLS, values, fillTexts(values, rowCount));
        };
    }

    /// Sets all views to the literal and returns the data they refer to.
    private MemorySegment fillTexts(MemorySegment views, int rowCount) {
        byte[] text = ((String) value.orElseThrow()).getBytes(StandardCharsets.UTF_8);
        MemorySegment data = Column.NO_DATA;
        if (text.length <= Views.INLINE) {
            Views.setInline(views, 0, MemorySegment.ofArray(text), 0, text.length);
        } else {
            data = memory.allocate(text.length).segment().copyFrom(MemorySegment.ofArray(text));
            Views.setReference(views, 0, data, 0, text.length);
        }
        for (int row = 1; row < rowCount; row++) {
            Views.set(views, row, Views.head(views, 0), Views.tail(views, 0));
        }
        return data;
    }
}
