/**
 * Decisions about live streams. A stream is created, goes live, is maybe interrupted and resumed, and ends. What a node finds out by itself
 * (audio came, stopped to come, was stored) is decided by that state alone, so commands of that kind need no id: several nodes may give the
 * same one, and one whose outcome is unknown is given again.
 */
@NullMarked
package app.veza.command.streaming;

import org.jspecify.annotations.NullMarked;
