package dev.slipway.communication.email;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.communication.ChannelMessages;
import dev.slipway.communication.markdown.Markdown;
import dev.slipway.communication.markdown.PlainText;
import dev.slipway.communication.outside.OutsideChannel;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * Channel {@code email}: every message is a mail in text and HTML, and all of a release are one thread. Settings:
 * {@code to} (required), see {@link Recipients}. The server is {@code spring.mail}'s, the sender {@code slipway.mail.from}.
 *
 * <p>The Message-ID is made of the message's key, so that a mail that is handed over twice is known as one.
 */
@Component
class EmailChannel extends OutsideChannel {

    private static final PlainText PLAIN = new PlainText();

    private final ObjectProvider<JavaMailSender> server;
    private final MailProperties properties;
    private final Clock clock;

    EmailChannel(
            ObjectProvider<ChannelMessages> messages,
            ObjectProvider<JavaMailSender> server,
            MailProperties properties,
            Clock clock) {
        super(messages);
        this.server = server;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public List<String> problems(Settings settings) {
        var problems = new ArrayList<>(
                new SettingsCheck(settings).optional(Recipients.TO).problems());
        problems.addAll(Recipients.problems(settings));
        return problems;
    }

    @Override
    protected String begin(Post post) {
        send(post);
        return whole(post);
    }

    @Override
    protected void say(Post post) {
        send(post);
    }

    private void send(Post post) {
        var sender = server.getIfAvailable();
        if (sender == null || properties.from() == null) {
            throw new IllegalStateException("No mail can be sent: set "
                    + (sender == null ? "spring.mail.host" : "slipway.mail.from") + " of Slipway.");
        }
        try {
            sender.send(mail(post, sender));
        } catch (MessagingException | MailException e) {
            var sentence = "The mail server did not take the mail: " + reason(e);
            throw new UncheckedIOException(sentence, new IOException(sentence, e));
        }
    }

    private MimeMessage mail(Post post, JavaMailSender sender) throws MessagingException {
        var mail = sender.createMimeMessage();
        var helper = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
        helper.setFrom(properties.from());
        helper.setTo(Recipients.of(post.settings(), post.team()).toArray(String[]::new));
        helper.setSubject(line(post.subject()));
        helper.setSentDate(Date.from(clock.instant()));
        helper.setText(text(post), html(post));
        mail.setHeader("Message-ID", id(post.release(), post.key()));
        var opening = ChannelMessages.openingKey(post.release());
        if (!post.key().equals(opening)) {
            var thread = id(post.release(), opening);
            mail.setHeader("In-Reply-To", thread);
            mail.setHeader("References", thread);
        }
        mail.setHeader("Auto-Submitted", "auto-generated");
        return mail;
    }

    private String text(Post post) {
        var blocks = new ArrayList<>(Markdown.blocks(post.text(), PLAIN));
        blocks.add(0, post.subject());
        blocks.add("→ " + whole(post));
        return String.join("\n\n", blocks) + "\n";
    }

    private String html(Post post) {
        var link = HtmlUtils.htmlEscape(whole(post));
        return "<!DOCTYPE html>\n<html><body>\n<h2>" + HtmlUtils.htmlEscape(post.subject()) + "</h2>\n"
                + Markdown.html(post.text()) + "<p><a href=\"" + link + "\">" + HtmlUtils.htmlEscape(post.release())
                + "</a></p>\n</body></html>\n";
    }

    /** The release's page is part of it: two Slipways both have a REL-1. */
    private String id(String release, String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((messages().linkTo(release) + " " + key).getBytes(StandardCharsets.UTF_8));
            var domain = properties.from().substring(properties.from().indexOf('@') + 1);
            return "<slipway." + HexFormat.of().formatHex(digest, 0, 16) + "@" + domain + ">";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    private static String line(String subject) {
        return subject.replaceAll("[\\p{Cntrl}]+", " ").strip();
    }

    private static String reason(Exception e) {
        return e.getMessage() == null
                ? e.getClass().getSimpleName()
                : e.getMessage().lines().findFirst().orElse("");
    }
}
