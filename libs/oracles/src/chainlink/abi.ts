import { parseAbi, parseAbiItem } from 'viem/utils';

/** A new answer (AggregatorInterface of @chainlink/contracts 0.1.7). */
export const answerUpdated = parseAbiItem(
  'event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)',
);

/** What a proxy says (AggregatorV3Interface, and AggregatorProxy's `aggregator`). */
export const proxyViews = parseAbi([
  'function aggregator() view returns (address)',
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
]);
