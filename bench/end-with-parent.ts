// Ends a bench when `scripts/bench.mjs`, which runs it, was killed: nobody would see what it measures.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();
