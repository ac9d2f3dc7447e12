package io.lazuli.dashboard.internal.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// A run as one page that needs no server and loads nothing: the same scripts and sheets, and what they show as JSON.
public final class ReportPage {
    private ReportPage() {}

    /// What is known of `source` now.
    public static String of(Source source) {
        Assets assets = new Assets();
        String chart = text(assets, Assets.CHART_SCRIPT);
        String script = Bundle.of(assets);
        StringBuilder styles = new StringBuilder();
        Assets.STYLES.forEach(name -> styles.append(text(assets, name)).append('\n'));
        Messages messages = new Messages(source.model(), source.opened());
        Messages.Moment moment = new Messages.Moment(source.nanos(), source.trouble(), Optional.empty());
        messages.changes(moment);
        String recording = messages.all(moment).toString();
        // The hashes say what may run: this, and nothing that a name of a job may smuggle in.
        String policy =
                "default-src 'none'; script-src '%s' '%s'; style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
                        .formatted(hash(chart), hash(script), hash(styles.toString()));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="dark light">
                <title>Lazuli</title>
                <style>%s</style>
                </head>
                <body>
                <noscript>The report draws its pages with JavaScript, which is turned off here.</noscript>
                <div id="app"></div>
                <script type="application/json" id="recording">%s</script>
                <script>%s</script>
                <script>%s</script>
                </body>
                </html>
                """.formatted(policy, styles, recording, chart, script);
    }

    private static String text(Assets assets, String name) {
        return new String(assets.file(name), StandardCharsets.UTF_8);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
