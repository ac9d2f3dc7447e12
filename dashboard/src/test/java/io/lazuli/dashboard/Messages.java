package io.lazuli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// A reader of server-sent events.
final class Messages implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final BufferedReader lines;

    Messages(int port, String query) throws IOException {
        socket = Http.open(port, Http.request("GET", "/api/v1/events" + query, "Host: localhost"));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The next message; of the chunks it comes in, only those lines that hold data are looked at.
    JsonNode next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return JSON.readTree(line.substring("data: ".length()));
            }
        }
        throw new IOException("the stream ended");
    }

    /// The next message that is as it should be; fails when the socket's patience is over.
    JsonNode await(Predicate<JsonNode> condition) throws IOException {
        JsonNode message = next();
        while (!condition.test(message)) {
            message = next();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
