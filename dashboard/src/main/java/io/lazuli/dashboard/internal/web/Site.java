package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.json.Json;
import io.lazuli.dashboard.internal.model.JobView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who gets what: checks, then the page, its files, the API, health and metrics. Only reads; knows no server.
public final class Site {
    private static final String API = "/api/v1/";
    private static final String FILES = "/assets/";
    private static final int LONGEST_PATH = 1_000;
    /// Nothing but what this server sends, and nobody may show it in a frame.
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private final Source source;
    private final Assets assets = new Assets();
    private final Hosts hosts;
    private final Optional<Secret> secret;
    private final RequestRefusals refusals = new RequestRefusals();

    /// @param names by which the server may be called beside addresses and localhost
    /// @param token without which nobody gets anything, if there is one
    public Site(Source source, boolean isLoopback, Set<String> names, Optional<String> token, int port) {
        this.source = source;
        this.hosts = new Hosts(isLoopback, names);
        this.secret = token.map(text -> new Secret(text, port));
    }

    /// Headers of every answer, errors of the server included.
    public static Map<String, String> headers() {
        return HEADERS;
    }

    public Answer answer(Question question) {
        Answer answer = checked(question);
        refusals.note(answer.status());
        return answer;
    }

    private Answer checked(Question question) {
        if (!question.header("host").map(hosts::allows).orElse(false)) {
            return Answer.text(421, "This server is not called so. Use its address or localhost.");
        }
        if (!question.method().equals("GET") && !question.method().equals("HEAD")) {
            return Answer.text(405, "Only GET and HEAD: a dashboard changes nothing.").with("Allow", "GET, HEAD");
        }
        if (question.hasBody()) {
            return Answer.text(413, "A request must not have a body.");
        }
        if (question.path().length() > LONGEST_PATH) {
            return Answer.text(414, "The path is too long.");
        }
        return secret.map(needed -> guarded(question, needed)).orElseGet(() -> route(question));
    }

    private Answer guarded(Question question, Secret needed) {
        Optional<String> token = question.parameter("token");
        if (token.filter(needed::isToken).isPresent()) {
            return Answer.text(303, "See the dashboard.").with("Location", "/").with("Set-Cookie", needed.setCookie());
        }
        if (needed.opens(question)) {
            return route(question);
        }
        return Answer
                .text(401, "Open the URL with ?token=... that was printed when the dashboard was started, or send the"
                        + " header 'Authorization: Bearer ...'. If you just followed such a link, reload.")
                .with("WWW-Authenticate", "Bearer");
    }

    private Answer route(Question question) {
        String path = question.path();
        if (path.equals("/")) {
            return file(Assets.PAGE);
        }
        if (path.startsWith(FILES)) {
            return file(path.substring(FILES.length()));
        }
        return switch (path) {
            case "/favicon.ico" -> file("icon.svg");
            case "/health" -> health();
            case "/metrics" -> Answer.of(
                    200, "text/plain; version=0.0.4; charset=utf-8", Metrics.of(
                            source.model(), source.nanos(), source.refusals(), refusals.counts()));
            default -> path.startsWith(API) ? api(path.substring(API.length()), question) : notFound();
        };
    }

    private Answer file(String name) {
        return assets.find(name)
                .<Answer>map(bytes -> new Answer.Whole(200, Map.of("Content-Type", Assets.typeOf(name)), bytes))
                .orElseGet(Site::notFound);
    }

    private Answer api(String path, Question question) {
        return switch (path) {
            case "jobs" -> Answer.json(200, Documents.jobs(source.model().jobs(source.nanos())).toString());
            case "workers" -> Answer.json(200, new Json().object()
                    .put("workers", Documents.workers(source.model().workers())).end().toString());
            case "failures" -> Answer.json(200, new Json().object()
                    .put("failures", Documents.failures(source.model().failuresAfter(0))).end().toString());
            case "events" -> source.feed(question).<Answer>map(Site::stream)
                    .orElseGet(() -> Answer.json(503, Documents.error("Too many pages are open.")));
            default -> path.startsWith("jobs/") ? job(path.substring("jobs/".length())) : notFound();
        };
    }

    private static Answer stream(Feed feed) {
        return new Answer.Streamed(Map.of("Content-Type", "text/event-stream"), feed);
    }

    private Answer job(String id) {
        return Documents.number(id)
                .flatMap(number -> source.model().job(number, source.nanos()))
                .map(job -> Answer.json(200, Documents.job(job, true).toString()))
                .orElseGet(() -> Answer.json(404, Documents.error("No such job, or it ended long ago.")));
    }

    private Answer health() {
        Optional<String> trouble = source.trouble();
        boolean isWell = trouble.isEmpty() || source instanceof RecordedSource;
        long running = source.model().jobs(source.nanos()).stream()
                .filter(JobView::isRunning)
                .count();
        Json json = new Json().object()
                .put("status", isWell ? "up" : "down")
                .put("engine", source.model().isClosed() ? "closed" : "open")
                .put("runningJobs", running)
                .put("workers", source.model().workers().size())
                .put("droppedEventBlocks", source.model().totals().droppedBlocks());
        trouble.ifPresent(text -> json.put("trouble", text));
        return Answer.json(isWell ? 200 : 503, json.end().toString());
    }

    private static Answer notFound() {
        return Answer.text(404, "There is nothing here.");
    }

    /// All headers of an answer.
    public static Map<String, String> allHeaders(Answer answer) {
        Map<String, String> all = new LinkedHashMap<>(HEADERS);
        all.putAll(answer.headers());
        return all;
    }
}
