import { parseAbi } from 'viem/utils';

/** What is asked of a vault (ERC-4626) and of a contract that prices its share (Chainlink's AggregatorInterface). */
export const vaultViews = parseAbi([
  'function convertToAssets(uint256 shares) view returns (uint256)',
  'function latestAnswer() view returns (int256)',
]);
