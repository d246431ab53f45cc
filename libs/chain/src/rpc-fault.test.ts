import { classifyRpcError } from './rpc-fault.ts';

describe('classifyRpcError', () => {
  it.each([
    ['range', -32005, 'query returned more than 10000 results. Try with this block range [0x1, 0x2].'],
    [
      'range',
      -32602,
      'Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size',
    ],
    ['range', -32614, 'eth_getLogs is limited to a 10,000 range'],
    ['range', -32600, 'Block range is too large'],
    ['range', -32000, 'exceed maximum block range: 5000'],
    ['range', -32000, 'block range exceeds 10000 limit'],
    ['range', -32000, 'query exceeds max results 20000'],
    ['range', -32602, 'query exceeds max block range 100000'],
    ['range', -32000, 'query timeout exceeded'],
    ['range', 35, 'ranges over 10000 blocks are not supported on freetier'],
    ['range', -32005, 'logs matched by query exceeds limit of 10000'],
    ['range', -32000, 'backend response too large'],
    [
      'range',
      -32701,
      'Please specify an address in your request or, to remove restrictions, order a dedicated full node',
    ],
    ['range', -32047, "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800"],
    ['batch', -32600, 'batch too large'],
    ['batch', -32600, 'Maximum batch size is 100'],
    ['archive', -32000, 'missing trie node 8a1f (path ) state 0x8a1f is not available'],
    ['archive', -32000, 'historical state 9e9b7 is not available'],
    ['archive', 4444, 'pruned history unavailable'],
    ['archive', -32701, 'Archive requests require a personal token'],
    ['archive', -32000, 'distance to target block exceeds maximum proof window'],
    ['behind', -32000, 'header not found'],
    ['behind', -32602, 'BlockOutOfRangeError: block height is 0 but requested was 9'],
    ['behind', -39001, 'Unknown block'],
    ['busy', 429, 'Your app has exceeded its compute units per second capacity'],
    ['busy', -32005, 'daily request count exceeded, request rate limited'],
    ['busy', -32016, 'over rate limit'],
    ['reverted', 3, 'execution reverted: paused'],
    ['reverted', -32015, 'VM execution error.'],
    ['reverted', -32000, 'invalid opcode: INVALID'],
    ['refused', -32601, 'Method not found'],
    ['refused', -32000, 'Must be authenticated!'],
    ['unreachable', -32603, 'Internal error'],
  ])('reads %s from %i %s', (kind, code, message) => {
    expect(classifyRpcError(code, message)).toBe(kind);
  });
});
