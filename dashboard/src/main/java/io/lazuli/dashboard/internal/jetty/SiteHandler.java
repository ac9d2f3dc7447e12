package io.lazuli.dashboard.internal.jetty;

import io.lazuli.dashboard.internal.web.Answer;
import io.lazuli.dashboard.internal.web.Question;
import io.lazuli.dashboard.internal.web.Site;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/// Lets a [Site] answer what Jetty has read.
final class SiteHandler extends Handler.Abstract implements AutoCloseable {
    private final Site site;
    /// Write messages to browsers.
    private final Set<Thread> feeding = ConcurrentHashMap.newKeySet();

    SiteHandler(Site site) {
        this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Answer answer = site.answer(question(request));
        response.setStatus(answer.status());
        Site.allHeaders(answer).forEach(response.getHeaders()::put);
        if (hasBody(request)) {
            // What follows is not read.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        boolean isHead = request.getMethod().equals("HEAD");
        switch (answer) {
            case Answer.Whole whole -> {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.body().length);
                response.write(true, ByteBuffer.wrap(isHead ? new byte[0] : whole.body()), callback);
            }
            case Answer.Streamed streamed when isHead -> callback.succeeded();
            case Answer.Streamed streamed -> feed(streamed, response, callback);
        }
        return true;
    }

    private void feed(Answer.Streamed streamed, Response response, Callback callback) {
        Thread thread = Thread.ofVirtual().name("lazuli-dashboard-reader").unstarted(() -> {
            try {
                streamed.feed().writeTo(message -> Content.Sink.write(response, false, ByteBuffer.wrap(message)));
                callback.succeeded();
            } catch (Throwable e) {
                // Mostly the browser has gone, or the server is about to.
                callback.failed(e);
            } finally {
                feeding.remove(Thread.currentThread());
            }
        });
        feeding.add(thread);
        thread.start();
    }

    private static Question question(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue() == null ? "" : field.getValue());
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValue());
        }
        String path = request.getHttpURI().getPath();
        return new Question(
                request.getMethod(), path == null ? "" : path, query, headers, hasBody(request));
    }

    private static boolean hasBody(Request request) {
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) || request.getLength() > 0;
    }

    @Override
    public void close() {
        feeding.forEach(Thread::interrupt);
    }
}
