package app.veza.event;

/**
 * Everything that can stand in the log. When it happened and its position belong to the log's envelope, not to the event.
 */
public interface VezaEvent {}
