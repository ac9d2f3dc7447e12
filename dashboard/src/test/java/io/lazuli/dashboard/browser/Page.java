package io.lazuli.dashboard.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// One tab: goes to pages, asks them, takes pictures, and keeps every complaint: errors, warnings of the console, violations of the
/// content security policy, requests that failed.
public final class Page implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DevTools tools;
    private final String target;
    private final String session;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Page(DevTools tools) {
        this.tools = tools;
        this.target = tools.send("", "Target.createTarget", Map.of("url", "about:blank", "newWindow", true))
                .path("targetId").asText();
        this.session = tools.send("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId").asText();
        tools.listen(this::hear);
        List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable").forEach(this::send);
        size(1280, 720);
    }

    private JsonNode send(String method) {
        return send(method, Map.of());
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        return tools.send(session, method, parameters);
    }

    private void hear(JsonNode message) {
        if (!message.path("sessionId").asText().equals(session)) {
            return;
        }
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown" -> complaints.add(parameters.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (List.of("error", "warning", "assert").contains(parameters.path("type").asText())) {
                    complaints.add(parameters.toString());
                }
            }
            case "Log.entryAdded" -> complaints.add(parameters.path("entry").toString());
            case "Network.requestWillBeSent" -> requests.add(parameters.path("request").path("url").asText());
            default -> {}
        }
    }

    /// What went wrong so far.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    public void forgetComplaints() {
        complaints.clear();
    }

    /// What was asked for so far.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public Page size(int width, int height) {
        send("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        return this;
    }

    /// What the user's system prefers.
    public Page prefers(String scheme) {
        send("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    public Page go(URI url) {
        send("Page.navigate", Map.of("url", url.toString()));
        await("document.readyState === 'complete' && location.href.split('#')[0] !== 'about:blank'");
        return this;
    }

    /// The value of an expression, or of the promise that it gives.
    public JsonNode evaluate(String expression) {
        JsonNode answer = send("Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /// Waits until an expression is true, which it must become.
    public Page await(String condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isTrue(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not become true: " + condition + "; the page says: "
                        + evaluate("document.body ? document.body.innerText.slice(0, 2000) : ''") + complaints);
            }
        }
        return this;
    }

    /// A page that is just being replaced has no answer.
    private boolean isTrue(String condition) {
        try {
            return evaluate("new Promise((done, fail) => setTimeout(() => { try { done(!!(" + condition
                    + ")) } catch { done(false) } }, 20))").asBoolean();
        } catch (IllegalStateException e) {
            if (String.valueOf(e.getMessage()).contains("context")) {
                return false;
            }
            throw e;
        }
    }

    public String text(String selector) {
        return evaluate("document.querySelector('" + selector + "').innerText").asText();
    }

    public void screenshot(Path file) {
        String data = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", false))
                .path("data").asText();
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tools.send("", "Target.closeTarget", Map.of("targetId", target));
    }
}
