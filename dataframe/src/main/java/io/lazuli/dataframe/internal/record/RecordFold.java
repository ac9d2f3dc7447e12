package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.user.FoldFunction;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.Portable;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An aggregate of the user's program over records: a state to begin with, what becomes of it with a row, of two states, and in the
/// end.
public final class RecordFold<T extends Record, S extends Record, R> implements FoldFunction, Portable {
    private final Parts<T, S, R> parts;
    private final RecordType<T> input;
    private final StateType<S> state;
    private final long[] initial;
    private final Component result;

    /// Errors: USER if a class is no record of columns, the state's not one of primitives, or the result's not a column's.
    ///
    /// @param callSite where the user wrote it, such as `Trips.java:42`
    public RecordFold(Class<T> row, S initial, Function2<? super S, ? super T, ? extends S> add,
            Function2<? super S, ? super S, ? extends S> merge, Class<R> result,
            Function1<? super S, ? extends @Nullable R> finish, String callSite) {
        this(Parts.of(RecordType.of(row), initial, add, merge, result, finish, callSite));
    }

    private RecordFold(Parts<T, S, R> parts) {
        this.parts = parts;
        this.input = parts.input;
        @SuppressWarnings("unchecked") // the class of a record is that of its kind
        Class<S> stateClass = (Class<S>) parts.initial.getClass();
        this.state = StateType.of(stateClass);
        this.initial = new long[state.wordCount()];
        state.write(parts.initial, MemorySegment.ofArray(initial), 0);
        this.result = Component.ofValue(parts.result);
    }

    private record Parts<T extends Record, S extends Record, R>(
            RecordType<T> input,
            S initial,
            Function2<? super S, ? super T, ? extends S> add,
            Function2<? super S, ? super S, ? extends S> merge,
            Class<R> result,
            Function1<? super S, ? extends @Nullable R> finish,
            String callSite,
            Optional<Token> contentToken,
            Token token) implements Form {
        static <T extends Record, S extends Record, R> Parts<T, S, R> of(RecordType<T> input, S initial,
                Function2<? super S, ? super T, ? extends S> add, Function2<? super S, ? super S, ? extends S> merge,
                Class<R> result, Function1<? super S, ? extends @Nullable R> finish, String callSite) {
            Optional<Token> content = add.contentToken().flatMap(
                    added -> merge.contentToken().flatMap(merged -> finish.contentToken().map(
                            finished -> Token.of(
                                    "fold", input.schema(), initial, added, merged, Component.ofValue(result).type(),
                                    finished))));
            return new Parts<>(
                    input, initial, add, merge, result, finish, callSite, content, content.orElseGet(Token::random));
        }

        @Override
        public Object restore() {
            return new RecordFold<>(this);
        }
    }

    @Override
    public Form form() {
        return parts;
    }

    @Override
    public Token token() {
        return parts.token;
    }

    @Override
    public Optional<Token> contentToken() {
        return parts.contentToken;
    }

    /// What errors call it.
    private String name() {
        return "fold " + input.name();
    }

    /// The columns that a row takes, in order.
    public List<String> inputNames() {
        return input.schema().names();
    }

    @Override
    public List<DataType> inputTypes() {
        return input.schema().types();
    }

    @Override
    public DataType resultType() {
        return result.type();
    }

    @Override
    public long[] initial() {
        return initial.clone();
    }

    @Override
    public void add(Batch rows, long[] places, MemorySegment states) {
        Column[] columns = rows.columns().toArray(Column[]::new);
        for (int row = 0; row < rows.rowCount(); row++) {
            if (input.takes(columns, row)) {
                T record = input.read(columns, row);
                S before = state.read(states, places[row]);
                S after = called("adding", () -> parts.add.apply(before, record), () -> before + " and " + record);
                state.write(after, states, places[row]);
            }
        }
    }

    @Override
    public void merge(Batch partial, long[] places, MemorySegment states) {
        MemorySegment words = MemorySegment.ofArray(new long[initial.length]);
        for (int row = 0; row < partial.rowCount(); row++) {
            for (int word = 0; word < initial.length; word++) {
                words.set(Layouts.LONG, word * 8L, partial.column(word).longAt(row));
            }
            S left = state.read(states, places[row]);
            S right = state.read(words, 0);
            S merged = called("merging", () -> parts.merge.apply(left, right), () -> left + " and " + right);
            state.write(merged, states, places[row]);
        }
    }

    private <V> V called(String what, Call<? extends @Nullable V> call, Shown arguments) {
        @Nullable V value = attempted(what, call, arguments);
        if (value == null) {
            throw RowErrors.nullState(name(), what, parts.callSite, Errors.shortened(arguments.text()));
        }
        return value;
    }

    private <V> @Nullable V attempted(String what, Call<? extends @Nullable V> call, Shown arguments) {
        try {
            return call.run();
        } catch (LazuliException e) {
            throw e;
        } catch (Exception e) {
            throw RowErrors.foldFailed(name(), what, parts.callSite, Errors.shortened(arguments.text()), e);
        }
    }

    private interface Call<V extends @Nullable Object> {
        V run() throws Exception;
    }

    /// What a function was called with, for errors.
    private interface Shown {
        String text();
    }

    @Override
    public Column finish(MemorySegment states, long start, long stride, int length, Scratch scratch) {
        List<@Nullable Object> values = new ArrayList<>(length);
        for (int row = 0; row < length; row++) {
            S last = state.read(states, start + row * stride);
            values.add(attempted("finishing", () -> parts.finish.apply(last), last::toString));
        }
        return CellWriter.write(result, values, scratch);
    }

    @Override
    public String toString() {
        return "fold(" + input.name() + ".class, ...)";
    }
}
