package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.Portable;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A function of the user's program over records: which rows stay, what each becomes, or what all it becomes.
public final class RecordFunction<T extends Record, R extends Record> implements RowFunction, Portable {
    /// What the function gives: a Boolean, a record, or an Iterable of records.
    public enum Kind {
        FILTER,
        MAP,
        FLAT_MAP
    }

    private final Kind kind;
    private final RecordType<T> input;
    private final RecordType<R> output;
    private final Function1<? super T, ?> function;
    private final String callSite;
    private final Optional<Token> contentToken;
    private final Token token;

    /// @param callSite where the user wrote it, such as `Trips.java:42`
    public RecordFunction(Kind kind, RecordType<T> input, RecordType<R> output, Function1<? super T, ?> function,
            String callSite) {
        this.kind = kind;
        this.input = input;
        this.output = output;
        this.function = function;
        this.callSite = callSite;
        this.contentToken = function.contentToken()
                .map(code -> Token.of("rows", kind, input.schema(), output.schema(), code));
        this.token = contentToken.orElseGet(Token::random);
    }

    private RecordFunction(Parts<T, R> parts) {
        this.kind = parts.kind;
        this.input = RecordType.of(parts.input);
        this.output = RecordType.of(parts.output);
        this.function = parts.function;
        this.callSite = parts.callSite;
        this.contentToken = parts.contentToken;
        this.token = parts.token;
    }

    private record Parts<T extends Record, R extends Record>(Kind kind, Class<T> input, Class<R> output,
            Function1<? super T, ?> function, String callSite, Optional<Token> contentToken,
            Token token) implements Form {
        @Override
        public Object restore() {
            return new RecordFunction<>(this);
        }
    }

    @Override
    public Form form() {
        return new Parts<>(kind, input.javaClass(), output.javaClass(), function, callSite, contentToken, token);
    }

    @Override
    public String name() {
        return switch (kind) {
            case FILTER -> "filter " + input.name();
            case MAP -> "map " + output.name();
            case FLAT_MAP -> "flat map " + output.name();
        };
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Optional<Token> contentToken() {
        return contentToken;
    }

    @Override
    public void apply(Batch rows, Place place, Scratch scratch, Consumer<Batch> next) {
        List<T> records = input.read(rows, place);
        switch (kind) {
            case FILTER -> filter(rows, records, scratch, next);
            case MAP -> next.accept(output.write(records.stream().map(this::call).toList(), scratch));
            case FLAT_MAP -> flatMap(records, scratch, next);
        }
    }

    private void filter(Batch rows, List<T> records, Scratch scratch, Consumer<Batch> next) {
        int[] kept = new int[records.size()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if ((Boolean) call(records.get(row))) {
                kept[count++] = row;
            }
        }
        next.accept(count == rows.rowCount() ? rows : Gather.take(rows, kept, 0, count, scratch));
    }

    private void flatMap(List<T> records, Scratch scratch, Consumer<Batch> next) {
        List<Object> made = new ArrayList<>();
        for (T record : records) {
            for (Object one : (Iterable<?>) call(record)) {
                made.add(present(one, record));
                if (made.size() == Batch.ROWS) {
                    next.accept(output.write(made, scratch));
                    made.clear();
                }
            }
        }
        next.accept(output.write(made, scratch));
    }

    private Object call(T record) {
        @Nullable Object result;
        try {
            result = function.apply(record);
        } catch (LazuliException e) {
            throw e;
        } catch (Exception e) {
            throw RowErrors.rowFunctionFailed(name(), callSite, shown(record), e);
        }
        return present(result, record);
    }

    private Object present(@Nullable Object result, T record) {
        if (result == null) {
            throw RowErrors.nullRow(name(), callSite, shown(record));
        }
        return result;
    }

    private static String shown(Record record) {
        return Errors.shortened(record.toString());
    }

    @Override
    public String toString() {
        return name();
    }
}
