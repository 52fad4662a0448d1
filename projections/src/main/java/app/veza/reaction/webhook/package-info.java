/**
 * What programs of people are told: signed posts to their webhooks. Start reading at
 * {@link app.veza.reaction.webhook.WebhookReaction}; {@link app.veza.reaction.webhook.Turns} says when which webhook is sent what.
 */
@NullMarked
package app.veza.reaction.webhook;

import org.jspecify.annotations.NullMarked;
