package io.lazuli.dashboard.internal.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of the pages, read from the class path once. What is not in the list is not there, whatever a path says.
public final class Assets {
    private static final String OWN = "/io/lazuli/dashboard/web/";
    /// Of the version that the parent pom names.
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    /// Modules of the pages, each after those that it imports.
    public static final List<String> MODULES = List.of(
            "format.js", "dom.js", "palette.js", "store.js", "connection.js", "progress.js", "layering.js",
            "taskstream.js",
            "chart.js", "resources.js", "jobpicker.js", "status.js", "graph.js", "plan.js", "workers.js", "failures.js",
            "replaybar.js", "shell.js", "main.js");
    public static final List<String> STYLES = List.of("uPlot.min.css", "lazuli.css");
    public static final String CHART_SCRIPT = "uPlot.iife.min.js";
    public static final String PAGE = "index.html";
    private static final String ICON = "icon.svg";

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    public Assets() {
        MODULES.forEach(name -> files.put(name, read(OWN + name)));
        files.put("uPlot.min.css", read(CHARTS + "uPlot.min.css"));
        files.put("lazuli.css", read(OWN + "lazuli.css"));
        files.put(CHART_SCRIPT, read(CHARTS + CHART_SCRIPT));
        files.put(PAGE, read(OWN + PAGE));
        files.put(ICON, read(OWN + ICON));
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the dashboard's file " + resource + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ownership: the bytes are not to be changed.
    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /// One that is in the list.
    byte[] file(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("no file is called " + name));
    }

    static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".js" -> "text/javascript; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/html; charset=utf-8";
        };
    }
}
