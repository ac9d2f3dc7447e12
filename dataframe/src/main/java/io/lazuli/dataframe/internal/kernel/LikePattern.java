package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A pattern of SQL's LIKE: `%` stands for any characters, `_` for one, all others for themselves.
///
/// The pattern is cut at its `%` into segments. The first must stand at the start and the last at the end; each between them is
/// looked for behind the one before, from the left: an earlier place never leaves less for those that follow. So the work is at
/// most the length of the text times that of the pattern.
public final class LikePattern {
    /// A byte that no UTF-8 has: one character, whichever.
    private static final byte ANY = (byte) 0xFF;

    private final List<byte[]> segments;

    private LikePattern(List<byte[]> segments) {
        this.segments = segments;
    }

    /// The pattern, in which `escape` takes the meaning from the character behind it; empty if that is none of `%`, `_` and the
    /// escape itself.
    ///
    /// @param escape one character, or nothing
    public static Optional<LikePattern> parse(String pattern, String escape) {
        List<byte[]> segments = new ArrayList<>();
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        int[] points = pattern.codePoints().toArray();
        int escapePoint = escape.isEmpty() ? -1 : escape.codePointAt(0);
        for (int i = 0; i < points.length; i++) {
            if (points[i] == escapePoint) {
                i++;
                if (i == points.length || points[i] != '%' && points[i] != '_' && points[i] != escapePoint) {
                    return Optional.empty();
                }
                segment.writeBytes(Character.toString(points[i]).getBytes(StandardCharsets.UTF_8));
            } else if (points[i] == '%') {
                segments.add(segment.toByteArray());
                segment.reset();
            } else if (points[i] == '_') {
                segment.write(ANY);
            } else {
                segment.writeBytes(Character.toString(points[i]).getBytes(StandardCharsets.UTF_8));
            }
        }
        segments.add(segment.toByteArray());
        return Optional.of(new LikePattern(segments));
    }

    /// Which texts the pattern describes, as a whole.
    public void test(Column text, MemorySegment bits) {
        for (int row = 0; row < text.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, text.length()); row < end; row++) {
                found |= (!text.isNull(row) && matches(text, row) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    private boolean matches(Column text, int row) {
        MemorySegment bytes = Views.bytes(text.values(), row, text.data());
        long start = Views.start(text.values(), row);
        long end = start + Views.length(text.values(), row);
        long at = matchAt(segments.getFirst(), bytes, start, end);
        if (segments.size() == 1 || at < 0) {
            return at == end;
        }
        for (int i = 1; i < segments.size() - 1; i++) {
            at = find(segments.get(i), bytes, at, end);
            if (at < 0) {
                return false;
            }
        }
        return endsWith(segments.getLast(), bytes, at, end);
    }

    /// Behind the segment if it stands at `start`, else -1.
    private static long matchAt(byte[] segment, MemorySegment bytes, long start, long end) {
        long at = start;
        for (byte expected : segment) {
            if (at >= end || expected != ANY && bytes.get(Layouts.BYTE, at) != expected) {
                return -1;
            }
            at = expected == ANY ? Utf8.next(bytes, at, end) : at + 1;
        }
        return at;
    }

    /// Behind the first place from `start` where the segment stands, else -1.
    private static long find(byte[] segment, MemorySegment bytes, long start, long end) {
        for (long at = start; at <= end; at++) {
            boolean isCodePoint = at == end || !Utf8.isContinuation(bytes.get(Layouts.BYTE, at));
            long behind = isCodePoint ? matchAt(segment, bytes, at, end) : -1;
            if (behind >= 0) {
                return behind;
            }
        }
        return -1;
    }

    /// True if the segment ends where the text does and starts at `start` or behind.
    private static boolean endsWith(byte[] segment, MemorySegment bytes, long start, long end) {
        long at = end;
        for (int i = segment.length - 1; i >= 0; i--) {
            if (at <= start || segment[i] != ANY && bytes.get(Layouts.BYTE, at - 1) != segment[i]) {
                return false;
            }
            at = segment[i] == ANY ? Utf8.previous(bytes, start, at) : at - 1;
        }
        return true;
    }
}
