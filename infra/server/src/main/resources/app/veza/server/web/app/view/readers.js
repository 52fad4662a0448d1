/** Those who have read up to a message and not the next one, by its id: never the reader of this page, nor a message's own sender. */
export function readersByMessage(messages, people, me) {
  const readers = new Map();
  if (messages.length === 0) return readers;
  for (const person of people.values()) {
    if (person.id === me.id || person.readPosition < messages[0].position) continue;
    const last = messages.findLast((message) => message.position <= person.readPosition);
    if (last.sender.id !== person.id) readers.set(last.id, [...(readers.get(last.id) ?? []), person]);
  }
  return readers;
}
