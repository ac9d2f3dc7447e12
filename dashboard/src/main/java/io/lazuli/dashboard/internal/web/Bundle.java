package io.lazuli.dashboard.internal.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The pages' modules as one script, for a page without a server: a browser loads no module from a file beside a page. Each module
/// becomes a function that returns what it exports.
///
/// It knows the forms that our modules use: imports of names on one line, exports of functions, classes and constants.
final class Bundle {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (\\{[^}]*}) from '\\./([\\w.]+)';$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (?=(?:function|class|const) (\\w+))");

    private Bundle() {}

    static String of(Assets assets) {
        StringBuilder script = new StringBuilder("'use strict';\nconst modules = {};\n");
        for (String name : Assets.MODULES) {
            script.append("modules['").append(name).append("'] = (() => {\n")
                    .append(body(name, new String(assets.file(name), StandardCharsets.UTF_8)))
                    .append("})();\n");
        }
        return script.toString();
    }

    private static String body(String name, String source) {
        String imported = IMPORT.matcher(source).replaceAll("const $1 = modules['$2'];");
        List<String> exports = new ArrayList<>();
        String text = EXPORT.matcher(imported).replaceAll(found -> {
            exports.add(found.group(1));
            return Matcher.quoteReplacement("");
        });
        if (text.startsWith("import ") || text.contains("\nimport ") || text.contains("\nexport ")) {
            throw new IllegalStateException("module " + name + " imports or exports in a form that is not known here");
        }
        return text + "return {" + String.join(", ", exports) + "};\n";
    }
}
