import { RetryableError } from '@undertow/units';

/**
 * What an endpoint's failure means for the one who asked.
 *
 * - `unreachable`: no whole answer: refused, timed out, 5xx. Cool down, ask the next.
 * - `busy`: it wants fewer requests (429). Cool down, ask the next.
 * - `lie`: an answer that cannot be right. Cool down, ask the next.
 * - `behind`: it does not have the block (yet). Ask the next.
 * - `archive`: it has thrown the state or logs of that block away. Ask the next.
 * - `refused`: it will never answer this: no key, no such method. Ask the next.
 * - `batch`: too many requests in one batch. Ask in smaller ones.
 * - `range`: too many blocks or logs for one answer. Ask for less.
 * - `reverted`: the call itself failed in the EVM; that is an answer.
 */
export type FaultKind =
  'unreachable' | 'busy' | 'lie' | 'behind' | 'archive' | 'refused' | 'batch' | 'range' | 'reverted';

/** One endpoint failed. Stays inside this library: what comes out is one of the error classes of `@undertow/units`. */
export class RpcFault extends Error {
  override readonly name = 'RpcFault';
  readonly kind: FaultKind;
  /** How long the endpoint asked to be left alone. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FaultKind,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A log request asked for more than the endpoint gives in one answer; works with fewer blocks or addresses. */
export class RangeTooWideError extends RetryableError {}

/**
 * Reads the error of a JSON-RPC answer by the words that nodes and hosted endpoints use. Order matters: a provider's
 * "query returned more than 10000 results" also carries the code that others use for a rate limit.
 */
export function classifyRpcError(code: number, message: string): FaultKind {
  for (const [kind, pattern] of MESSAGES) if (pattern.test(message)) return kind;
  if (code === 3) return 'reverted';
  if (code === 429 || code === -32_005 || code === -32_029) return 'busy';
  if (code === -32_601 || code === -32_004 || code === 401 || code === 403) return 'refused';
  return 'unreachable';
}

/** Wordings of go-ethereum, Erigon, Nethermind, Reth, Anvil, Alchemy, Infura, QuickNode, Ankr, dRPC, Cloudflare and others. */
const MESSAGES: readonly (readonly [FaultKind, RegExp])[] = [
  [
    'range',
    new RegExp(
      [
        'query returned more than',
        'ranges? over \\d',
        '(logs|results)( matched)?( by query)? exceed',
        'more than \\d+ (results|logs)',
        '(too many|max(imum)?( number of)?) (results|logs|blocks)',
        'block range',
        'range (is )?too (large|wide|big)',
        'exceed(s|ed)? (the )?(max(imum)?|limit of|range)[^.]*(block|range|results|logs)',
        '(block|log)s? (distance|limit|count)',
        'limited to( a)? \\d[\\d,]* ?(block|range|results|logs)',
        'up to a [\\d,]+ block',
        '(log|backend|content)? ?response (size|is|body)?.*(exceed|too (large|big)|limit)',
        'response size',
        'result (set|window)? ?(too large|exceed)',
        'query timeout exceeded',
        'reduce (the|your) (block )?range',
        'please (narrow|specify|limit)',
      ].join('|'),
      'i',
    ),
  ],
  ['batch', /batch (size|of|limit|too|requests?)|too many requests in (a )?batch|maximum batch/i],
  [
    'archive',
    /missing trie node|pruned|archive|historical state|state (is )?(not available|already|unavailable|histories)|state at block|history (has been|is) (pruned|not)|old data not available|distance to target block exceeds|no state available|proof window/i,
  ],
  [
    'behind',
    /header not found|unknown block|block (not found|height|is not available|out of range)|blockoutofrange|after last accepted|future block|beyond (current )?head/i,
  ],
  [
    'busy',
    /rate.?limit|too many requests|limit exceeded|capacity|compute units|throughput|try again later|quota|credits/i,
  ],
  [
    'reverted',
    /revert|invalid opcode|out of gas|stack (under|over)flow|evm error|vm (execution|exception)|invalid jump|bad instruction|gas required exceeds/i,
  ],
  [
    'refused',
    /method .*(not found|not (supported|available|allowed)|unsupported|does not exist)|method not found|unauthori[sz]ed|forbidden|api.?key|invalid (project|token)|must be authenticated/i,
  ],
];
