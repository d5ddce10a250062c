package dev.slipway.communication.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    private static final PlainText PLAIN = new PlainText();

    @Test
    void plain_text_keeps_what_people_read() {
        assertThat(Markdown.blocks("""
                # checkout 1.5.0: Faster checkout

                ## Way back

                `checkout` **1.4.2** gets *all* traffic. See [the plan](https://wiki.example.com/plan).

                1. shift
                1. look
                   - at errors
                   - at sales

                > said erin
                """, PLAIN))
                .containsExactly(
                        "checkout 1.5.0: Faster checkout",
                        "Way back",
                        "checkout 1.4.2 gets all traffic. See the plan (https://wiki.example.com/plan).",
                        "1. shift\n2. look\n    - at errors\n    - at sales",
                        "> said erin");
    }

    @Test
    void html_in_a_message_is_text() {
        assertThat(Markdown.html("Hello <script>alert(1)</script> & **you**"))
                .isEqualTo("<p>Hello &lt;script&gt;alert(1)&lt;/script&gt; &amp; <strong>you</strong></p>\n");
        assertThat(Markdown.html("<img src=x onerror=alert(1)>"))
                .contains("&lt;img")
                .doesNotContain("<img");
        assertThat(Markdown.blocks("<b>a</b>", PLAIN)).containsExactly("<b>a</b>");
    }

    @Test
    void pictures_are_links_and_nothing_is_loaded() {
        assertThat(Markdown.html("![logo](https://tracker.example.com/p.gif)"))
                .doesNotContain("<img")
                .contains("<a ")
                .contains("logo");
        assertThat(Markdown.blocks("![logo](https://tracker.example.com/p.gif)", PLAIN))
                .containsExactly("logo (https://tracker.example.com/p.gif)");
    }

    @Test
    void a_link_leads_to_the_web_or_nowhere() {
        assertThat(Markdown.blocks("[click](javascript:alert(1))", PLAIN)).containsExactly("click");
        assertThat(Markdown.html("[click](javascript:alert(1))")).doesNotContain("javascript");
    }

    @Test
    void nothing_is_nothing() {
        assertThat(Markdown.blocks(null, PLAIN)).isEmpty();
        assertThat(Markdown.blocks(" \n", PLAIN)).isEmpty();
        assertThat(Markdown.html(null)).isEmpty();
    }

    @Test
    void blocks_are_put_together_as_long_as_there_is_room() {
        assertThat(Pieces.of(List.of("one", "two", "three"), 10)).containsExactly("one\n\ntwo", "three");
        assertThat(Pieces.of(List.of(), 10)).isEmpty();
    }

    @Test
    void a_block_that_is_too_long_is_cut_where_it_hurts_least() {
        assertThat(Pieces.of(List.of("first line\nsecond line"), 12)).containsExactly("first line", "second line");
        assertThat(Pieces.of(List.of("some words here"), 11)).containsExactly("some words", "here");
        assertThat(Pieces.of(List.of("x".repeat(25)), 10)).containsExactly("x".repeat(10), "x".repeat(10), "xxxxx");
        assertThat(Pieces.of(List.of("see <https://a.b|c>!"), 15)).containsExactly("see", "<https://a.b|c>", "!");
        assertThat(Pieces.of(List.of("1234567&amp;9"), 10)).containsExactly("1234567", "&amp;9");
        assertThat(Pieces.of(List.of("123456789😀"), 10)).containsExactly("123456789", "😀");
    }

    @Test
    void a_cut_is_visible() {
        assertThat(Pieces.cut("12345", 5)).isEqualTo("12345");
        assertThat(Pieces.cut("123456", 5)).isEqualTo("1234…");
        assertThat(Pieces.first(List.of("12", "34", "56"), String::length, 5)).containsExactly("12", "34");
        assertThat(Pieces.wholeText("https://a")).isEqualTo("… whole text: https://a");
    }
}
