package dev.slipway.observation.chart;

/** An SVG document as it is written. All text is escaped; everything is said by attributes, so that no style is needed. */
final class Svg {

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height, String title, String description) {
        text.append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                .formatted(width, height, width, height))
                .append(
                        " font-family=\"system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif\" font-size=\"11\">\n")
                .append("<title>")
                .append(escaped(title))
                .append("</title>\n<desc>")
                .append(escaped(description))
                .append("</desc>\n");
    }

    /** @param attributes name and value in turn */
    Svg rectangle(double x, double y, double width, double height, String... attributes) {
        return shape(
                "rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
                        .formatted(
                                Numbers.pixels(x),
                                Numbers.pixels(y),
                                Numbers.pixels(Math.max(0, width)),
                                Numbers.pixels(Math.max(0, height))),
                attributes);
    }

    /** @param attributes name and value in turn */
    Svg line(double x1, double y1, double x2, double y2, String... attributes) {
        return shape(
                "line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\""
                        .formatted(Numbers.pixels(x1), Numbers.pixels(y1), Numbers.pixels(x2), Numbers.pixels(y2)),
                attributes);
    }

    /** @param attributes name and value in turn */
    Svg path(String d, String... attributes) {
        return shape("path d=\"" + escaped(d) + "\"", attributes);
    }

    /** @param attributes name and value in turn */
    Svg circle(double x, double y, double radius, String... attributes) {
        return shape(
                "circle cx=\"%s\" cy=\"%s\" r=\"%s\""
                        .formatted(Numbers.pixels(x), Numbers.pixels(y), Numbers.pixels(radius)),
                attributes);
    }

    /** @param attributes name and value in turn */
    Svg text(double x, double y, String words, String... attributes) {
        open("text x=\"%s\" y=\"%s\"".formatted(Numbers.pixels(x), Numbers.pixels(y)), attributes);
        text.append('>').append(escaped(words)).append("</text>\n");
        return this;
    }

    String end() {
        return text.append("</svg>\n").toString();
    }

    private Svg shape(String element, String... attributes) {
        open(element, attributes);
        text.append("/>\n");
        return this;
    }

    private void open(String element, String... attributes) {
        text.append('<').append(element);
        for (var i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
    }

    /** Characters that XML can't hold at all become a question mark. */
    static String escaped(String words) {
        var escaped = new StringBuilder();
        words.codePoints().forEach(character -> {
            switch (character) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(character) ? character : '?');
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
