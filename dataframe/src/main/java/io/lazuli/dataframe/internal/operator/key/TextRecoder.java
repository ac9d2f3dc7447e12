package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Brings the coded text columns of batches, whose dictionaries change from chunk to chunk and go with it, to one dictionary for
/// each column that lives as long as the task, so that a block can keep codes. A column that turns out to have nearly as
/// many distinct texts as rows is given up: it stays text from there on.
public final class TextRecoder {
    private static final int FEWEST_CODES = Batch.ROWS;

    private final Scratch scratch;
    private final StateMemory memory;
    private final long[] lanes = new long[Batch.ROWS];
    private final List<Recoding> columns = new ArrayList<>();
    private long rowCount;

    /// One column: what its texts are called from now on.
    private static final class Recoding {
        private final TextCodes codes;
        private final CodeMap map = new CodeMap();
        private boolean isGivenUp;

        Recoding(StateMemory memory) {
            codes = new TextCodes(memory);
        }

        boolean tryReserve(Column column) {
            if (map.knows(column.dictionary(), codes)) {
                return true;
            }
            boolean hasRoom = codes.tryReserve(column.dictionary().views(), column.dictionary().size());
            if (hasRoom) {
                map.start(column.dictionary(), codes);
            }
            return hasRoom;
        }
    }

    public TextRecoder(Reservation memory) {
        this.memory = new StateMemory(memory);
        this.scratch = new Scratch(memory);
    }

    /// The batch with its coded columns in codes of this task, or plain. Borrowed until the next call.
    public Batch recode(Batch batch) {
        if (batch.columns().stream().noneMatch(TextRecoder::isForeign)) {
            return batch;
        }
        scratch.reset();
        rowCount += batch.rowCount();
        List<Column> recoded = new ArrayList<>();
        for (int c = 0; c < batch.columns().size(); c++) {
            Column column = batch.column(c);
            recoded.add(isForeign(column) ? recode(column, recoding(c)) : column);
        }
        return new Batch(batch.rowCount(), recoded);
    }

    private static boolean isForeign(Column column) {
        return column.isCoded() && !(column.dictionary() instanceof TextCodes);
    }

    private Recoding recoding(int column) {
        while (columns.size() <= column) {
            columns.add(new Recoding(memory));
        }
        return columns.get(column);
    }

    private Column recode(Column column, Recoding recoding) {
        recoding.isGivenUp |= recoding.codes.size() > Math.max(FEWEST_CODES, rowCount / 4);
        if (recoding.isGivenUp || !recoding.tryReserve(column)) {
            recoding.isGivenUp = true;
            return new Column(column.type(), column.length(), column.validity(), column.values(), column.data());
        }
        recoding.map.read(column, recoding.codes, true, -1, lanes);
        MemorySegment codes = scratch.values(Kind.INT, column.length());
        write(lanes, column.length(), codes);
        return Column.coded(column.type(), column.length(), column.validity(), codes, recoding.codes, scratch);
    }

    private static void write(long[] lanes, int count, MemorySegment codes) {
        for (int row = 0; row < count; row++) {
            codes.set(Layouts.INT, row * 4L, (int) lanes[row]);
        }
    }
}
