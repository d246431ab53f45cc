// Apart from index.ts, because the packages that carry the addresses are large and only a start on a public network
// needs them.
export { knownAaveV3, type KnownAaveV3 } from './aave-v3/known.ts';
export { knownMorphoBlue } from './morpho-blue/known.ts';
