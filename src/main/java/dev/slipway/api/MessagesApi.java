package dev.slipway.api;

import dev.slipway.communication.Outbox;
import dev.slipway.communication.OutgoingMessage;
import dev.slipway.security.Authority;
import dev.slipway.security.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Messages to chats and mailboxes: what waits, what was delivered, and what was given up. For operators. */
@RestController
@Tag(name = "Messages")
@RequestMapping(path = "/api/v1/messages", produces = MediaType.APPLICATION_JSON_VALUE)
class MessagesApi {

    private final Outbox outbox;
    private final Authority authority;

    MessagesApi(Outbox outbox, Authority authority) {
        this.outbox = outbox;
        this.authority = authority;
    }

    @Schema(name = "Message")
    record Message(
            long id,
            @Schema(example = "REL-42") String release,
            @Schema(example = "slack") String channel,

            @Schema(example = "checkout 1.5.0 is being rolled back")
            String subject,

            OutgoingMessage.State state,

            @Schema(description = "how often its delivery was begun")
            int attempts,

            @Schema(description = "why the last attempt failed", nullable = true)
            String problem,

            Instant writtenAt,
            @Schema(nullable = true) Instant deliveredAt) {

        static Message of(OutgoingMessage message) {
            return new Message(
                    message.id(),
                    message.release().toString(),
                    message.channel(),
                    message.subject(),
                    message.state(),
                    message.attempts(),
                    message.problem(),
                    message.writtenAt(),
                    message.deliveredAt());
        }
    }

    @Operation(
            summary = "Messages to chats and mailboxes in one state, the newest first, 200 at most",
            description = "For release managers and administrators.")
    @ApiResponse(
            responseCode = "200",
            description = "The messages, without their text",
            content =
                    @Content(
                            array = @ArraySchema(schema = @Schema(implementation = Message.class)),
                            examples = @ExampleObject(Examples.MESSAGES)))
    @GetMapping
    List<Message> list(
            @RequestParam(name = "state", defaultValue = "DEAD") OutgoingMessage.State state,
            @AuthenticationPrincipal CurrentUser user) {
        authority.requireToOperate(user);
        return outbox.in(state).stream().map(Message::of).toList();
    }

    @Operation(
            summary = "Have a message tried again that was given up",
            description = "For release managers and administrators.")
    @ApiResponse(
            responseCode = "200",
            description = "The message, which waits to be delivered",
            content =
                    @Content(
                            schema = @Schema(implementation = Message.class),
                            examples = @ExampleObject(Examples.MESSAGE)))
    @ApiResponse(responseCode = "409", description = "It was not given up.")
    @PostMapping("/{id}/retry")
    Message retry(@PathVariable("id") @Parameter(example = "7") long id, @AuthenticationPrincipal CurrentUser user) {
        authority.requireToOperate(user);
        return Message.of(outbox.revive(id));
    }
}
