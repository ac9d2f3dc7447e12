package io.lazuli.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Requests byte by byte, also such as no client would send.
final class Http {
    private static final int PATIENCE_MILLIS = 20_000;

    private Http() {}

    /// @param headers by name in lower case
    record Response(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    static Response get(int port, String path, String... headers) {
        return send(port, request("GET", path, "Host: 127.0.0.1", headers));
    }

    static String request(String method, String path, String host, String... headers) {
        StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\n".formatted(method, path,
                host));
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text + "\r\n";
    }

    /// Sends a request and reads all that comes back.
    static Response send(int port, String request) {
        try (Socket socket = open(port, request)) {
            return parse(new String(readAll(socket), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Socket open(int port, String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /// A server that refuses a large request may reset the connection after its answer.
    private static byte[] readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            in.transferTo(bytes);
        } catch (IOException e) {
            if (bytes.size() == 0) {
                throw e;
            }
        }
        return bytes.toByteArray();
    }

    private static Response parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("no response: " + text);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
        }
        return new Response(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
    }
}
