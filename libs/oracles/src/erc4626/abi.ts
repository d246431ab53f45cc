import { parseAbi } from 'viem/utils';

/** What is asked of a vault (ERC-4626). */
export const vaultViews = parseAbi(['function convertToAssets(uint256 shares) view returns (uint256)']);
