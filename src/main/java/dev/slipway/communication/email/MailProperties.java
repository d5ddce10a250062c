package dev.slipway.communication.email;

import jakarta.validation.constraints.Email;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Whom mails of releases come from. The server they are handed to is that of {@code spring.mail}.
 *
 * @param from an address; where it is not set, no mail is sent
 */
@Validated
@ConfigurationProperties("slipway.mail")
record MailProperties(@Email String from) {}
