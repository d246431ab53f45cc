/** What somebody does with a sweep, until the API has answered. */
export interface Doing {
  readonly what: 'start' | 'cancel' | 'resume';
  /** Why it could not be; undefined while it is under way. */
  readonly problem: string | undefined;
}
