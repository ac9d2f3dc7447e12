package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// Lines of text files: which one is at a place, and where the next one starts.
public final class Lines {
    private static final int PIECE = 64 << 10;

    private Lines() {}

    /// The number, counted from 1, of the line that holds the byte at `position`. Reads the file up to there: for messages.
    public static long lineOf(TextFile file, long position) {
        long line = 1;
        byte[] piece = new byte[PIECE];
        MemorySegment bytes = MemorySegment.ofArray(piece);
        try (TextInput input = file.open(0, Math.min(file.end(), position))) {
            for (long count = 0; count >= 0; count = input.read(bytes, 0, PIECE)) {
                for (int i = 0; i < count; i++) {
                    line += piece[i] == file.lineEnd() ? 1 : 0;
                }
            }
        } catch (IOException e) {
            throw TextErrors.unreadable(file.path(), e);
        }
        return line;
    }

    /// What follows the first line break from `from`, or `none` if there is none before `to`.
    public static long after(MemorySegment bytes, long from, long to, byte lineEnd, long none) {
        long pattern = Swar.repeat(lineEnd);
        for (long at = from; at < to; at += 8) {
            long hits = Swar.match(bytes.get(Layouts.LONG, at), pattern);
            if (hits != 0) {
                long found = at + (Long.numberOfTrailingZeros(hits) >>> 3);
                return found < to ? found + 1 : none;
            }
        }
        return none;
    }

    /// Where at most `count` parts of about equal size start that begin with a line; the last element is the file's end.
    public static List<Long> cuts(TextFile file, FileChannel channel, int count) throws IOException {
        List<Long> starts = new ArrayList<>(List.of(file.dataStart()));
        for (int i = 1; i < count; i++) {
            long wanted = file.dataStart() + (long) ((file.end() - file.dataStart()) * ((double) i / count));
            if (wanted <= starts.getLast()) {
                continue;
            }
            long next = lineFrom(channel, wanted, file.end(), file.lineEnd());
            if (next == file.end()) {
                // no line break follows: the cuts after this one need not look for it again
                break;
            }
            starts.add(next);
        }
        starts.add(file.end());
        return starts;
    }

    /// The first line that starts at `wanted` or after it.
    private static long lineFrom(FileChannel channel, long wanted, long end, byte lineEnd) throws IOException {
        byte[] piece = new byte[PIECE + Long.BYTES];
        MemorySegment bytes = MemorySegment.ofArray(piece);
        int count;
        for (long at = wanted - 1; at < end; at += count) {
            count = channel.read(ByteBuffer.wrap(piece, 0, PIECE), at);
            if (count <= 0) {
                return end;
            }
            long next = after(bytes, 0, count, lineEnd, -1);
            if (next >= 0) {
                return at + next;
            }
        }
        return end;
    }
}
