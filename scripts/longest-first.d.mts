/** Test files that take longest, from the root, from the longest on. */
export const LONGEST: readonly string[];

export default class LongestFirst {
  constructor(options: { readonly globalConfig: { readonly rootDir: string } });
  sort<Test extends { readonly path: string }>(tests: readonly Test[]): Test[];
  shard<Test>(
    tests: readonly Test[],
    part: { readonly shardIndex: number; readonly shardCount: number },
  ): Test[];
  allFailedTests<Test>(tests: readonly Test[]): readonly Test[];
  cacheResults(): void;
}
