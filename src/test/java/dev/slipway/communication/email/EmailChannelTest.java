package dev.slipway.communication.email;

import static dev.slipway.communication.SaidBefore.message;
import static dev.slipway.communication.SaidBefore.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.slipway.catalog.Settings;
import dev.slipway.communication.Channel;
import dev.slipway.communication.SaidBefore;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mails that a real server takes. */
class EmailChannelTest {

    private static final Map<String, Object> EVERYBODY = Map.of("to", List.of("releases@example.com"));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);

    @RegisterExtension
    static final GreenMailExtension SERVER =
            new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort()).withPerMethodLifecycle(true);

    private EmailChannel channel;

    @BeforeEach
    void a_channel_of_the_server() {
        channel = sending();
    }

    @Test
    void a_mail_is_text_and_html_with_everything_escaped() throws Exception {
        channel.post(
                message(null, null, "**Why**: <script>x</script>\n\n- [plan](https://a.example/?a=1&b=2)", EVERYBODY));

        var mail = only();
        assertThat(mail.getSubject()).isEqualTo("checkout 1.5.0 is being rolled back");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("slipway@example.com");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("releases@example.com");
        assertThat(part(mail, "text/plain")).isEqualToIgnoringNewLines("""
                checkout 1.5.0 is being rolled back

                Why: <script>x</script>

                - plan (https://a.example/?a=1&b=2)

                → https://slipway.example.com/releases/REL-42
                """);
        assertThat(part(mail, "text/html"))
                .contains("<h2>checkout 1.5.0 is being rolled back</h2>")
                .contains("<strong>Why</strong>: &lt;script&gt;x&lt;/script&gt;")
                .contains("href=\"https://a.example/?a=1&amp;b=2\">plan</a>")
                .contains("<a href=\"https://slipway.example.com/releases/REL-42\">REL-42</a>")
                .doesNotContain("<script");
    }

    @Test
    void the_mails_of_a_release_are_one_thread() throws Exception {
        assertThat(channel.open(opening(null, EVERYBODY))).isEqualTo(SaidBefore.PAGE);
        channel.post(message(null, SaidBefore.PAGE, "Why", EVERYBODY));

        var mails = SERVER.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getMessageID()).matches("<slipway\\.[0-9a-f]{32}@example\\.com>");
        assertThat(mails[0].getHeader("References")).isNull();
        assertThat(mails[1].getMessageID()).isNotEqualTo(mails[0].getMessageID());
        assertThat(mails[1].getHeader("In-Reply-To")).containsExactly(mails[0].getMessageID());
        assertThat(mails[1].getHeader("References")).containsExactly(mails[0].getMessageID());
    }

    @Test
    void the_same_message_again_is_no_second_mail_and_would_bear_the_same_id() throws Exception {
        channel.post(message(null, null, "Why", EVERYBODY));
        channel.post(message(null, null, "Why", EVERYBODY));
        assertThat(SERVER.getReceivedMessages()).hasSize(1);

        // Slipway was killed before it remembered.
        sending().post(message(null, null, "Why", EVERYBODY));

        assertThat(Arrays.stream(SERVER.getReceivedMessages())
                        .map(EmailChannelTest::id)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_notice_to_a_team_goes_to_the_team_and_everything_else_to_all() throws Exception {
        Map<String, Object> teams = Map.of(
                "to", Map.of("support", "desk@example.com", "qa", List.of("qa@example.com", "desk@example.com")));
        channel.post(new Channel.Post(
                "REL-42:announce:support", "REL-42", null, "support", null, "notice", "x", new Settings(teams)));
        assertThat(only().getAllRecipients()).extracting(Object::toString).containsExactly("desk@example.com");

        channel.post(message(null, null, "Why", teams));

        assertThat(SERVER.getReceivedMessages()[1].getRecipients(Message.RecipientType.TO))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("desk@example.com", "qa@example.com");
    }

    @Test
    void a_subject_is_one_line_and_adds_no_header() throws Exception {
        channel.post(new Channel.Post(
                "REL-42:x",
                "REL-42",
                null,
                null,
                null,
                "Größer\r\nBcc: eve@example.com",
                null,
                new Settings(EVERYBODY)));

        assertThat(only().getSubject()).isEqualTo("Größer Bcc: eve@example.com");
        assertThat(only().getAllRecipients()).hasSize(1);
    }

    @Test
    void a_server_that_is_not_there_is_a_failure() {
        SERVER.stop();

        assertThatThrownBy(() -> channel.post(message(null, null, "Why", EVERYBODY)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("The mail server did not take the mail:");
    }

    @Test
    void a_server_that_says_nothing_is_not_waited_for_for_ever() throws Exception {
        try (var silent = new java.net.ServerSocket(0)) {
            var deaf = channel(new ServerSetup(silent.getLocalPort(), "127.0.0.1", "smtp"), "slipway@example.com");

            assertThatThrownBy(() -> deaf.post(message(null, null, "Why", EVERYBODY)))
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void what_is_not_set_up_is_named() {
        assertThatThrownBy(() ->
                        channel(SERVER.getSmtp().getServerSetup(), null).post(message(null, null, "Why", EVERYBODY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("slipway.mail.from");
        assertThatThrownBy(() -> channel(null, "slipway@example.com").post(message(null, null, "Why", EVERYBODY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("spring.mail.host");
    }

    @Test
    void settings_are_checked() {
        assertThat(channel.problems(new Settings(EVERYBODY))).isEmpty();
        assertThat(channel.problems(Settings.NONE)).singleElement().asString().startsWith("to is missing");
        assertThat(channel.problems(new Settings(Map.of("to", List.of("a@example.com", "nobody"), "from", "x"))))
                .containsExactly(
                        "from is unknown here; known are to", "to: nobody is not an address such as desk@example.com");
    }

    private static EmailChannel sending() {
        return channel(SERVER.getSmtp().getServerSetup(), "slipway@example.com");
    }

    private static EmailChannel channel(ServerSetup server, String from) {
        return new EmailChannel(SaidBefore.nothing(), sender(server), new MailProperties(from), CLOCK);
    }

    @SuppressWarnings("resource") // ends with the test's machine
    private static ObjectProvider<JavaMailSender> sender(ServerSetup server) {
        var context = new AnnotationConfigApplicationContext();
        if (server != null) {
            context.registerBean(JavaMailSender.class, () -> {
                var sender = new JavaMailSenderImpl();
                sender.setHost("127.0.0.1");
                sender.setPort(server.getPort());
                sender.getJavaMailProperties().put("mail.smtp.timeout", "500");
                sender.getJavaMailProperties().put("mail.smtp.connectiontimeout", "500");
                return sender;
            });
        }
        context.refresh();
        return context.getBeanProvider(JavaMailSender.class);
    }

    private static MimeMessage only() {
        var mails = SERVER.getReceivedMessages();
        assertThat(mails).hasSize(1);
        return mails[0];
    }

    private static String id(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /** @return the content of the first part of that type */
    private static String part(jakarta.mail.Part part, String type) throws Exception {
        if (part.getContent() instanceof MimeMultipart parts) {
            for (var i = 0; i < parts.getCount(); i++) {
                var found = part(parts.getBodyPart(i), type);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return part.isMimeType(type) ? part.getContent().toString() : null;
    }
}
