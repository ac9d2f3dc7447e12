package io.lazuli.graph.picture;

import java.util.Locale;

/// Colours from dark blue over grey to bright yellow: brightness alone tells them apart, so that they serve every eye and
/// every printer.
final class Shade {
    private static final int[] STOPS = {0x00224e, 0x414d6b, 0x7c7b78, 0xbcae6c, 0xfee838};

    private Shade() {}

    /// @param shade from 0 (dark) to 1 (bright)
    static String fill(double shade) {
        double place = Math.clamp(shade, 0, 1) * (STOPS.length - 1);
        int stop = Math.min((int) place, STOPS.length - 2);
        double part = place - stop;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = STOPS[stop] >> shift & 0xff;
            int to = STOPS[stop + 1] >> shift & 0xff;
            color |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return String.format(Locale.ROOT, "#%06x", color);
    }

    /// A colour that can be read on it.
    static String ink(double shade) {
        return shade < 0.45 ? "#ffffff" : "#000000";
    }
}
