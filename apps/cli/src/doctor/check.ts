/** What a check found. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What is there, or what is wrong and what to do. */
  readonly detail: string;
}

export type Check = () => Promise<Finding | readonly Finding[]>;

export const good = (name: string, detail: string): Finding => ({ name, ok: true, detail });
export const bad = (name: string, detail: string): Finding => ({ name, ok: false, detail });
