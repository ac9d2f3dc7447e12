package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import io.lazuli.dataframe.internal.operator.user.RowFunction;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A function of the user's program over records: which rows stay, what each becomes, or what all it becomes.
///
/// @param callSite     where the user wrote it, such as `Trips.java:42`
/// @param contentToken of code and captures; empty where that cannot be had, and then `token` is random
public record RecordFunction<T extends Record, R extends Record>(
        Kind kind,
        RecordType<T> input,
        RecordType<R> output,
        Function1<? super T, ?> function,
        String callSite,
        Optional<Token> contentToken,
        Token token) implements RowFunction {
    /// What the function gives: a Boolean, a record, or an Iterable of records.
    public enum Kind {
        FILTER,
        MAP,
        FLAT_MAP
    }

    /// @param callSite where the user wrote it, such as `Trips.java:42`
    public static <T extends Record, R extends Record> RecordFunction<T, R> of(
            Kind kind, RecordType<T> input, RecordType<R> output, Function1<? super T, ?> function, String callSite) {
        Optional<Token> content = function.contentToken()
                .map(code -> Token.of("rows", kind, input.schema(), output.schema(), code));
        return new RecordFunction<>(
                kind, input, output, function, callSite, content, content.orElseGet(Token::random));
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
