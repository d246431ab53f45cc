/** What an advice says that carries no backtest; `withBacktest` puts another sentence in its place. */
export const NOT_BACKTESTED = 'It was not backtested.';
