/** A thread ended while it computed: it ran out of memory, or was ended from outside. Another has taken its place. */
export class LostThreadError extends Error {
  override readonly name = 'LostThreadError';
}
