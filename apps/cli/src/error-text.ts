/** An error's message followed by those of its causes, each told once. */
export function errorText(error: unknown): string {
  const messages: string[] = [];
  for (
    let at: unknown = error;
    at !== undefined && messages.length < 5;
    at = at instanceof Error ? at.cause : undefined
  ) {
    const message = at instanceof Error ? at.message : String(at);
    if (!messages.some((told) => told.includes(message))) messages.push(message.replace(/\.$/, ''));
  }
  return messages.join(': ');
}
