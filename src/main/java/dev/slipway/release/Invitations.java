package dev.slipway.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * Links in messages with which people answer a task or roll back: for one use, for some time, and for one person or
 * for whoever has the authority. A link alone is not enough: people log in as well, so that whoever reads along can't
 * answer in their place.
 */
@Service
public class Invitations {

    /** What a link is for that leads to no task, but to the way back. */
    public static final String ROLL_BACK = "roll-back";

    private static final int BYTES = 32;
    private static final int LONGEST_TOKEN = 100;

    private final InvitationRepository invitations;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String baseUrl;
    private final Duration validFor;

    Invitations(
            InvitationRepository invitations,
            Clock clock,
            @Value("${slipway.base-url}") String baseUrl,
            @Value("${slipway.links.valid-for}") Duration validFor) {
        this.invitations = invitations;
        this.clock = clock;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
        this.validFor = validFor;
    }

    /** @return the link; it can't be had again */
    public String invite(ReleaseId release, String task, String person, Instant expiresAt) {
        return baseUrl + "/accept/" + token(release, task, person, expiresAt);
    }

    /**
     * For a message that many read.
     *
     * @param task the user task's id in its diagram, or {@link #ROLL_BACK}
     * @return the link, for whoever has the authority; it can't be had again
     */
    public String toDecide(ReleaseId release, String task) {
        return baseUrl + "/decide/" + token(release, task, null, clock.instant().plus(validFor));
    }

    private String token(ReleaseId release, String task, String person, Instant expiresAt) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        invitations.add(hash(token), release.number(), task, person, expiresAt);
        return token;
    }

    /**
     * @param person who is logged in
     * @throws Refusal.NotFound   where nobody was invited with it
     * @throws Refusal.NotAllowed where somebody else was
     * @throws Refusal.Conflict   where it was used or is too old
     */
    public Invitation read(String token, String person) {
        var invitation = token.length() > LONGEST_TOKEN
                ? null
                : invitations.findById(hash(token)).orElse(null);
        if (invitation == null) {
            throw new Refusal.NotFound("This link leads nowhere. Look for the task in Tasklist.");
        }
        if (invitation.person() != null && !invitation.person().equals(person)) {
            throw new Refusal.NotAllowed(
                    "This link is for " + invitation.person() + ", and you are logged in as " + person + ".");
        }
        if (invitation.usedAt() != null) {
            throw new Refusal.Conflict("This link has been used already. The release's timeline shows the answer.");
        }
        if (!clock.instant().isBefore(invitation.expiresAt())) {
            throw new Refusal.Conflict("This link is too old. Look for the task in Tasklist.");
        }
        return invitation;
    }

    /** @throws Refusal.Conflict where it was used at the same moment */
    public void use(Invitation invitation) {
        if (invitations.use(invitation.tokenHash(), clock.instant()) == 0) {
            throw new Refusal.Conflict("This link has been used already. The release's timeline shows the answer.");
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
